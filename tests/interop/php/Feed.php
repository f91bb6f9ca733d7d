<?php
// The feed of changes: read in pages from where it once ended, it tells every
// change in its order, and no value.

declare(strict_types=1);

final class Feed
{
    private readonly Checks $checks;
    private string $token = '';

    public function __construct(private readonly Caller $caller)
    {
        $this->checks = $caller->checks;
    }

    /** Reads on, and remembers where the feed ended. */
    public function readToTheEnd(): void
    {
        $this->changes(200);
    }

    /**
     * What happened since to our people, page by page; none of `$secrets` is told.
     *
     * @param list<int> $everybody
     * @param list<string> $secrets
     */
    public function tellsOf(int $userId, array $everybody, array $secrets): void
    {
        $changes = $this->changes(5, $secrets);
        $numbers = array_column($changes, 'Sequence');
        $first = $numbers[0];
        $this->checks->equal('numbers', range($first, $first + count($numbers) - 1), $numbers);
        $ours = array_fill_keys($everybody, []);
        foreach ($changes as $change) {
            if ($change->Thing === 'User' && isset($ours[$change->Id])) {
                $fields = $change->Fields->string ?? [];
                sort($fields);
                $ours[$change->Id][] = [$change->Action, $fields];
            }
        }
        foreach ($ours as $person => $seen) {
            $this->checks->equal("first of $person", ['Created', []], $seen[0] ?? null);
        }
        foreach ([['ChatSounds', 'CopyToEnabled'], ['MaxActiveChats'], ['Password']] as $fields) {
            $found = in_array(['Updated', $fields], $ours[$userId], true);
            $this->checks->holds('updates', json_encode($fields) . ' among them', $found, $ours[$userId]);
        }
    }

    /** @return list<stdClass> */
    private function changes(int $most, array $secrets = []): array
    {
        $changes = [];
        do {
            $page = $this->caller->account('GetChanges', ['since' => $this->token, 'max' => $most]);
            foreach ($secrets as $secret) {
                $told = str_contains($this->caller->accounts->text(), $secret);
                $this->checks->equal('a value is told in the feed', false, $told);
            }
            $rows = $page->Changes->Change ?? [];
            $this->checks->holds('a page', "at most $most changes", count($rows) <= $most, count($rows));
            array_push($changes, ...$rows);
            $this->token = $page->Token;
        } while ($page->HasMore);
        return $changes;
    }
}
