//! Generates what belongs to the types in `src/api`.

fn main() -> Result<(), kgen_build::Error> {
    kgen_build::Build::new("src/api").generate()?;
    Ok(())
}
