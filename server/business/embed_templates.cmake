# cmake -D SOURCE=templates.json -D TARGET=templates_json.cpp -P embed_templates.cmake: the file as a C++ constant.
file(READ "${SOURCE}" text)
file(WRITE "${TARGET}" "#include \"business/templates.hpp\"\n\nnamespace business {\n\n"
  "std::string_view templates_json() {\n    return R\"templates(${text})templates\";\n}\n\n}  // namespace business\n")
