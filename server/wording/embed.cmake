# cmake -D SOURCE=texts.json -D TARGET=texts.cpp -P embed.cmake: the file as a C++ constant.
file(READ "${SOURCE}" text)
file(WRITE "${TARGET}" "#include \"wording/texts.hpp\"\n\nnamespace wording {\n\n"
  "std::string_view texts_json() {\n    return R\"texts(${text})texts\";\n}\n\n}  // namespace wording\n")
