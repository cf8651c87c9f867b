# List the recipes
default:
    @just --list

# Everything that has to pass
ci:
    .ci/run

# All tests, with the tools they need; `just test --quick` for daily work
test *args:
    tests/run {{args}}

# Formatting and lints
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# Rewrite the golden files; read the difference before you commit it
bless:
    BLESS=1 cargo test --test cases --test diagnostics --test reference

# Measure
bench *args:
    cargo bench {{args}}

# A calendar of any size to try things on
generate count folder:
    cargo run --release --example generate -- {{count}} {{folder}}
