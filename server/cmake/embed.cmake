# cmake -D SOURCE=texts.json -D TARGET=texts.cpp -D ROOM=wording -D FUNCTION=texts_json -P embed.cmake
# A file as a C++ constant: the definition of std::string_view ROOM::FUNCTION().
file(READ "${SOURCE}" text)
file(WRITE "${TARGET}" "#include <string_view>\n\nnamespace ${ROOM} {\n\nstd::string_view ${FUNCTION}();\n"
  "std::string_view ${FUNCTION}() {\n    return R\"embedded(${text})embedded\";\n}\n\n}  // namespace ${ROOM}\n")
