//! Links the program to a fixed address where that is known to work.
//!
//! The tables of time zones are full of pointers; a program that may lie anywhere has to mend each of them at every
//! start, which takes longer than all the rest of a start.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let of = |name: &str| std::env::var(name).unwrap_or_default();
    let is_known = of("CARGO_CFG_TARGET_OS") == "linux"
        && of("CARGO_CFG_TARGET_ENV") == "gnu"
        && of("CARGO_CFG_TARGET_ARCH") == "x86_64"
        && !of("CARGO_CFG_TARGET_FEATURE").contains("crt-static");
    if is_known {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
