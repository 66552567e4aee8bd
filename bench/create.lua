-- wrk: POST to $TARGET; the bodies are the lines of $BODIES, each used once.
local bodies, next_line = {}, 0
for line in io.lines(os.getenv("BODIES")) do bodies[#bodies + 1] = line end
local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. os.getenv("TOKEN") }
local target = os.getenv("TARGET")

function request()
    next_line = next_line + 1
    return wrk.format("POST", target, headers, bodies[next_line])
end
