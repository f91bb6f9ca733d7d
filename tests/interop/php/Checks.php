<?php
// Counting checks. The first check that fails ends the run with one sentence
// that tells what was expected and what was seen.

declare(strict_types=1);

final class CheckFailed extends Exception
{
}

final class Checks
{
    public int $passed = 0;

    public function __construct(public readonly string $label)
    {
    }

    /** `$seen` has to be `$expected`, type and all. */
    public function equal(string $what, mixed $expected, mixed $seen): void
    {
        $this->judge($seen === $expected, $what, self::text($expected), $seen);
    }

    /** `$condition` has to be true; `$wanted` says in words what it asks for. */
    public function holds(string $what, string $wanted, bool $condition, mixed $seen): void
    {
        $this->judge($condition, $what, $wanted, $seen);
    }

    private function judge(bool $good, string $what, string $wanted, mixed $seen): void
    {
        if (!$good) {
            $seen = self::text($seen);
            throw new CheckFailed("$this->label: $what: expected $wanted, saw $seen.");
        }
        $this->passed++;
    }

    private static function text(mixed $value): string
    {
        return json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }
}
