# A room is one static library in the folder of its name, its tests beside its sources.
#   apunta_room(booking USES base store PARTS fmt::fmt)
# USES names other rooms (checked against LAYERS.txt by layers_test.sh), PARTS third-party targets.
# `*_test.cpp` become the program <room>_test, `*_bench.cpp` <room>_bench, each `*_fuzz.cpp` a program of its own name;
# everything else is the library.
function(apunta_room name)
  cmake_parse_arguments(ROOM "" "" "USES;PARTS;TEST_PARTS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|bench|fuzz)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  file(GLOB benches CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_bench.cpp)
  file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_fuzz.cpp)

  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ROOM_USES} ${ROOM_PARTS})

  if(APUNTA_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ${name} ${ROOM_TEST_PARTS} GTest::gmock GTest::gtest_main)
    add_test(NAME ${name} COMMAND ${name}_test)
    set_tests_properties(${name} PROPERTIES LABELS "${name}" TIMEOUT 1800)
  endif()
  if(APUNTA_BENCH AND benches)
    add_executable(${name}_bench ${benches})
    target_link_libraries(${name}_bench PRIVATE ${name} benchmark::benchmark_main)
  endif()
  if(APUNTA_FUZZ)
    foreach(fuzzer IN LISTS fuzzers)
      get_filename_component(program ${fuzzer} NAME_WE)
      add_executable(${program} ${fuzzer})
      target_link_libraries(${program} PRIVATE ${name} corpus)
      target_link_options(${program} PRIVATE -fsanitize=fuzzer)
    endforeach()
  endif()
endfunction()

#   apunta_embed(wording texts.json texts_json)   gives a room the contents of a file as `std::string_view texts_json()`
function(apunta_embed room file function)
  set(target ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  set(script ${CMAKE_SOURCE_DIR}/cmake/embed.cmake)
  add_custom_command(OUTPUT ${target}
    COMMAND ${CMAKE_COMMAND} -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/${file} -D TARGET=${target}
            -D ROOM=${room} -D FUNCTION=${function} -P ${script}
    DEPENDS ${file} ${script}
    VERBATIM)
  target_sources(${room} PRIVATE ${target})
endfunction()
