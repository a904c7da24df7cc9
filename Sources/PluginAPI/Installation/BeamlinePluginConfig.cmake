# find_package(BeamlinePlugin) gives
#   beamline::plugin       the header, and the flags a plugin is linked with: target_link_libraries(mine PRIVATE beamline::plugin)
#   beamline::fake_host    a host for unit tests, as a source that is compiled into the test: the project needs the language C
# and beamline_add_plugin(NAME SOURCES...), which makes libNAME.so.
get_filename_component(_beamline_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

if(NOT TARGET beamline::header)
  add_library(beamline::header INTERFACE IMPORTED)
  set_target_properties(beamline::header PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${_beamline_prefix}/include/beamline")

  add_library(beamline::plugin INTERFACE IMPORTED)
  set_target_properties(beamline::plugin PROPERTIES
    INTERFACE_LINK_LIBRARIES beamline::header
    INTERFACE_COMPILE_OPTIONS "-fvisibility=hidden"
    INTERFACE_LINK_OPTIONS "-Wl,--version-script=${_beamline_prefix}/share/beamline/plugin.exports;-Wl,-z,defs;-Wl,-z,now;-Wl,-z,relro;-Wl,-z,nodelete;-Wl,-z,noexecstack")

  find_package(Threads REQUIRED)
  add_library(beamline::fake_host INTERFACE IMPORTED)
  set_target_properties(beamline::fake_host PROPERTIES
    INTERFACE_LINK_LIBRARIES "beamline::header;Threads::Threads"
    INTERFACE_SOURCES "${_beamline_prefix}/share/beamline/beamline_fake_host.c")
endif()

function(beamline_add_plugin name)
  add_library(${name} MODULE ${ARGN})
  target_link_libraries(${name} PRIVATE beamline::plugin)
  # The folder of an image that is loaded from memory is none.
  set_target_properties(${name} PROPERTIES PREFIX "lib" SKIP_BUILD_RPATH ON)
endfunction()
