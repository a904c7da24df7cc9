//! The flags a plugin needs: nothing unresolved, tables read-only once it is loaded, never unloaded.
fn main() {
    println!("cargo:rerun-if-changed=manifest.json");
    for flag in ["defs", "now", "relro", "nodelete", "noexecstack"] {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,{flag}");
    }
}
