<?php
// Customers: an organization with a member, as records by value.

declare(strict_types=1);

final class Customers
{
    private const DOMAIN = 2;
    private const WEBSITE = 'https://example.org/?a=b&c=d';

    private readonly Checks $checks;
    private readonly string $name;

    public function __construct(private readonly Caller $caller)
    {
        $this->checks = $caller->checks;
        $this->name = ROUND_TRIP . " $caller->unique";
    }

    public function tell(): void
    {
        $organizationId = $this->organizationComes();
        $this->organizationIsFound($organizationId);
        $this->memberComesAndGoes($organizationId);
        $this->organizationGoes($organizationId);
    }

    private function organizationComes(): int
    {
        $values = ['values' => ["Name=$this->name", 'PhoneNumber=+49 30 1', 'Website=' . self::WEBSITE]];
        $answer = $this->caller->call('CreateOrganization', $values);
        $id = $answer->Organization->OrganizationID;
        $this->checks->holds('id of a new organization', '1 or more', $id >= 1, $id);
        $this->looksLike('the new organization', $answer, $id, '+49 30 1');
        $this->noOrganization($this->caller->call('CreateOrganization', $values, ALREADY_EXISTS));
        return $id;
    }

    private function organizationIsFound(int $id): void
    {
        $found = $this->caller->call('GetOrganizationByID', ['organizationID' => $id]);
        $this->looksLike('by id', $found, $id, '+49 30 1');
        $found = $this->caller->call('GetOrganizationByName', ['organizationName' => $this->name]);
        $this->looksLike('by name', $found, $id, '+49 30 1');
        $change = ['organizationID' => $id, 'valuesToChange' => ['PhoneNumber=+81 3 2']];
        $this->looksLike('after a change', $this->caller->call('EditOrganization', $change), $id, '+81 3 2');
    }

    private function memberComesAndGoes(int $id): void
    {
        $domain = "{$this->caller->unique}.example.org";
        $member = ['organizationID' => $id, 'type' => self::DOMAIN, 'value' => $domain];
        $memberId = $this->caller->call('AddMemberToOrganization', $member)->ID;
        $expected = ['Type' => self::DOMAIN, 'Value' => $domain, 'ID' => $memberId];
        $members = array_map(get_object_vars(...), $this->members($id)->OrganizationMemberInfo);
        $this->checks->equal('members', [$expected], $members);
        $removed = $this->caller->call('RemoveMemberFromOrganization', ['organizationMemberID' => $memberId]);
        $this->checks->equal('ID of the removed member', $memberId, $removed->ID);
        $this->checks->equal('members at the end', [], (array) $this->members($id));
    }

    private function members(int $id): stdClass
    {
        return $this->caller->call('GetAllMembersInOrganization', ['organizationID' => $id])->OrganizationMembers;
    }

    private function organizationGoes(int $id): void
    {
        $gone = $this->caller->call('RemoveOrganization', ['organizationID' => $id]);
        $this->looksLike('the removed organization', $gone, $id, '+81 3 2');
        $this->noOrganization($this->caller->call('GetOrganizationByID', ['organizationID' => $id], NOT_FOUND));
    }

    private function looksLike(string $which, stdClass $answer, int $id, string $phone): void
    {
        $expected = [
            'Name' => $this->name,
            'PhoneNumber' => $phone,
            'Website' => self::WEBSITE,
            'OrganizationID' => $id,
        ];
        $this->checks->equal($which, $expected, get_object_vars($answer->Organization));
    }

    /** A record by value stands in a refusal too, with nothing in it. */
    private function noOrganization(stdClass $refusal): void
    {
        $seen = get_object_vars($refusal->Organization);
        $this->checks->equal('Organization of a refusal', ['OrganizationID' => 0], $seen);
    }
}
