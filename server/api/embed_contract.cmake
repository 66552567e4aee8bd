# cmake -D SOURCE=openapi.json -D TARGET=openapi.cpp -P embed_contract.cmake: the file as a C++ constant.
file(READ "${SOURCE}" text)
file(WRITE "${TARGET}" "#include \"api/contract.hpp\"\n\nnamespace api {\n\n"
  "std::string_view openapi_json() {\n    return R\"contract(${text})contract\";\n}\n\n}  // namespace api\n")
