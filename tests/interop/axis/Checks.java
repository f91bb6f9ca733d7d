// Counting checks. The first check that fails ends the run with one sentence
// that tells what was expected and what was seen.

package story;

import java.util.Objects;

final class Checks {
    static final class Failed extends RuntimeException {
        Failed(String sentence) {
            super(sentence);
        }
    }

    private final String label;
    private int passed;

    Checks(String label) {
        this.label = label;
    }

    int passed() {
        return passed;
    }

    /** {@code seen} has to be {@code expected}. */
    void equal(String what, Object expected, Object seen) {
        judge(Objects.equals(expected, seen), what, text(expected), seen);
    }

    /** {@code condition} has to be true; {@code wanted} says in words what it asks for. */
    void holds(String what, String wanted, boolean condition, Object seen) {
        judge(condition, what, wanted, seen);
    }

    private void judge(boolean good, String what, String wanted, Object seen) {
        if (!good) {
            throw new Failed("%s: %s: expected %s, saw %s.".formatted(label, what, wanted, text(seen)));
        }
        passed++;
    }

    private static String text(Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }
}
