/* Every file is embedded where it lies, so that the templates are real projects and the header is the one of this tree. */
#include "plugin_templates.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char shared_manifest_json[] = {
#embed "Templates/shared/manifest.json"
};
static const unsigned char shared_plugin_exports[] = {
#embed "Templates/shared/plugin.exports"
};
static const unsigned char shared_arguments_json[] = {
#embed "Templates/shared/arguments.json"
};
static const unsigned char shared_gateway_yaml[] = {
#embed "Templates/shared/gateway.yaml"
};
static const unsigned char shared_readme_md[] = {
#embed "Templates/shared/README.md"
};
static const unsigned char shared_gitignore[] = {
#embed "Templates/shared/gitignore"
};
static const unsigned char plugin_api_h[] = {
#embed "../../PluginAPI/CPluginAPI/include/plugin_api.h"
};
static const unsigned char beamline_fake_host_h[] = {
#embed "../../PluginAPI/CFakeHost/include/beamline_fake_host.h"
};
static const unsigned char fake_host_c[] = {
#embed "../../PluginAPI/CFakeHost/fake_host.c"
};
static const unsigned char c_makefile[] = {
#embed "Templates/c/Makefile"
};
static const unsigned char c_plugin_c[] = {
#embed "Templates/c/plugin.c"
};
static const unsigned char c_plugin_test_c[] = {
#embed "Templates/c/plugin_test.c"
};
static const unsigned char cpp_makefile[] = {
#embed "Templates/cpp/Makefile"
};
static const unsigned char cpp_plugin_cpp[] = {
#embed "Templates/cpp/plugin.cpp"
};
static const unsigned char cpp_plugin_test_cpp[] = {
#embed "Templates/cpp/plugin_test.cpp"
};
static const unsigned char rust_makefile[] = {
#embed "Templates/rust/Makefile"
};
static const unsigned char rust_cargo_toml[] = {
#embed "Templates/rust/Cargo.toml"
};
static const unsigned char rust_build_rs[] = {
#embed "Templates/rust/build.rs"
};
static const unsigned char rust_src_beamline_rs[] = {
#embed "Templates/rust/src/beamline.rs"
};
static const unsigned char rust_src_lib_rs[] = {
#embed "Templates/rust/src/lib.rs"
};
static const unsigned char rust_gitignore[] = {
#embed "Templates/rust/gitignore"
};
static const unsigned char swift_package_swift_in[] = {
#embed "Templates/swift/Package.swift.in"
};
static const unsigned char swift_makefile[] = {
#embed "Templates/swift/Makefile"
};
static const unsigned char swift_greettool_swift_in[] = {
#embed "Templates/swift/GreetTool.swift.in"
};
static const unsigned char swift_neutrino_swift_in[] = {
#embed "Templates/swift/Neutrino.swift.in"
};
static const unsigned char swift_entrypoint_swift_in[] = {
#embed "Templates/swift/EntryPoint.swift.in"
};
static const unsigned char swift_greettooltests_swift_in[] = {
#embed "Templates/swift/GreetToolTests.swift.in"
};
static const unsigned char swift_gitignore[] = {
#embed "Templates/swift/gitignore"
};

static const beam_template_file files[] = {
    {"c cpp rust ", "manifest.json", shared_manifest_json, sizeof shared_manifest_json},
    {"c cpp swift ", "plugin.exports", shared_plugin_exports, sizeof shared_plugin_exports},
    {"c cpp rust swift ", "check/arguments.json", shared_arguments_json, sizeof shared_arguments_json},
    {"c cpp rust swift ", "gateway.yaml", shared_gateway_yaml, sizeof shared_gateway_yaml},
    {"c cpp rust swift ", "README.md", shared_readme_md, sizeof shared_readme_md},
    {"c cpp ", ".gitignore", shared_gitignore, sizeof shared_gitignore},
    {"c cpp ", "beamline/plugin_api.h", plugin_api_h, sizeof plugin_api_h},
    {"c cpp ", "beamline/beamline_fake_host.h", beamline_fake_host_h, sizeof beamline_fake_host_h},
    {"c cpp ", "beamline/beamline_fake_host.c", fake_host_c, sizeof fake_host_c},
    {"c ", "Makefile", c_makefile, sizeof c_makefile},
    {"c ", "plugin.c", c_plugin_c, sizeof c_plugin_c},
    {"c ", "tests/plugin_test.c", c_plugin_test_c, sizeof c_plugin_test_c},
    {"cpp ", "Makefile", cpp_makefile, sizeof cpp_makefile},
    {"cpp ", "plugin.cpp", cpp_plugin_cpp, sizeof cpp_plugin_cpp},
    {"cpp ", "tests/plugin_test.cpp", cpp_plugin_test_cpp, sizeof cpp_plugin_test_cpp},
    {"rust ", "Makefile", rust_makefile, sizeof rust_makefile},
    {"rust ", "Cargo.toml", rust_cargo_toml, sizeof rust_cargo_toml},
    {"rust ", "build.rs", rust_build_rs, sizeof rust_build_rs},
    {"rust ", "src/beamline.rs", rust_src_beamline_rs, sizeof rust_src_beamline_rs},
    {"rust ", "src/lib.rs", rust_src_lib_rs, sizeof rust_src_lib_rs},
    {"rust ", ".gitignore", rust_gitignore, sizeof rust_gitignore},
    {"swift ", "Package.swift", swift_package_swift_in, sizeof swift_package_swift_in},
    {"swift ", "Makefile", swift_makefile, sizeof swift_makefile},
    {"swift ", "Sources/NeutrinoTools/GreetTool.swift", swift_greettool_swift_in, sizeof swift_greettool_swift_in},
    {"swift ", "Sources/NeutrinoTools/Neutrino.swift", swift_neutrino_swift_in, sizeof swift_neutrino_swift_in},
    {"swift ", "Sources/NeutrinoPlugin/EntryPoint.swift", swift_entrypoint_swift_in, sizeof swift_entrypoint_swift_in},
    {"swift ", "Tests/NeutrinoToolsTests/GreetToolTests.swift", swift_greettooltests_swift_in, sizeof swift_greettooltests_swift_in},
    {"swift ", ".gitignore", swift_gitignore, sizeof swift_gitignore},
};

const beam_template_file *const beam_template_files = files;
const size_t beam_template_count = sizeof files / sizeof *files;
