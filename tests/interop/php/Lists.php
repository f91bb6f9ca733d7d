<?php
// Lists of people: our own, found by the beginning of their names and read page
// by page.

declare(strict_types=1);

final class Lists
{
    private const PAGE = 2;

    private readonly Checks $checks;

    public function __construct(
        private readonly Caller $caller,
        private readonly string $operation,
        private readonly string $prefix,
    ) {
        $this->checks = $caller->checks;
    }

    /**
     * Just these people, once each, by user name.
     *
     * @param list<string> $names
     */
    public function tellsOf(array $names, array $filters = []): void
    {
        sort($names);
        $listed = array_column($this->people($filters), 'Username');
        $this->checks->equal("names in $this->operation", $names, $listed);
    }

    /** @return list<stdClass> */
    private function people(array $filters): array
    {
        $people = [];
        $asked = $filters + [
            'text' => $this->prefix,
            'textMatch' => 'Prefix',
            'sortBy' => 'Username',
            'pageSize' => self::PAGE,
        ];
        do {
            $page = $this->caller->account($this->operation, $asked);
            $rows = $page->Users->ListedUser ?? [];
            $this->checks->holds('a page', 'at most ' . self::PAGE . ' people', count($rows) <= self::PAGE, $rows);
            array_push($people, ...$rows);
            $token = $page->ContinuationToken ?? null;
            $asked['continuationToken'] = $token;
        } while ($token !== null);
        return $people;
    }
}
