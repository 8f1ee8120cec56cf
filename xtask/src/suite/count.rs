//! Reading how many tests passed from the last lines of test programs.

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Count {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl Count {
    pub(super) fn add(&mut self, other: Count) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
    }

    /// Adds what a line says, if it is one of these:
    ///
    /// ```text
    /// test result: ok. 3 passed; 0 failed; 0 ignored; …
    /// 3 passed, 0 failed
    /// node: 3 passed, 0 failed
    /// ```
    pub(super) fn add_line(&mut self, line: &str) {
        if let Some(count) = of_rust(line).or_else(|| of_script(line)) {
            self.add(count);
        }
    }
}

fn of_rust(line: &str) -> Option<Count> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut counts = counts.split("; ");
    Some(Count { passed: number(counts.next()?, " passed")?, failed: number(counts.next()?, " failed")? })
}

fn of_script(line: &str) -> Option<Count> {
    let counts = line.trim_end().rsplit_once(": ").map_or(line.trim_end(), |(_, counts)| counts);
    let (passed, failed) = counts.split_once(", ")?;
    Some(Count { passed: number(passed, " passed")?, failed: number(failed, " failed")? })
}

fn number(text: &str, unit: &str) -> Option<u64> {
    text.strip_suffix(unit)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Count;

    fn counted(lines: &[&str]) -> (u64, u64) {
        let mut count = Count::default();
        lines.iter().for_each(|line| count.add_line(line));
        (count.passed, count.failed)
    }

    #[test]
    fn lines_of_rust_and_of_scripts_add_up() {
        let rust = "test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(counted(&[rust, "3 passed, 4 failed", "node: 5 passed, 0 failed\r"]), (20, 5));
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(counted(&["all passed, none failed", "ok 3 passed, 1 failed today", "running 3 tests", ""]), (0, 0));
    }
}
