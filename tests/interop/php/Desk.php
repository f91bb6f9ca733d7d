<?php
// The help desk: a brand with a department, its groups and an agent, made
// through svcStructure and looked at through both services.

declare(strict_types=1);

final class Desk
{
    private const AGENT = 4;
    private const FRONT_LINE = 'Front line';

    public readonly string $agent;
    public readonly int $agentId;

    private readonly Checks $checks;
    private readonly string $brand;
    private readonly string $department;
    private readonly string $group;
    private readonly int $brandId;
    private readonly int $departmentId;
    private readonly int $groupId;
    private readonly int $frontLineId;

    public function __construct(private readonly Caller $caller)
    {
        $this->checks = $caller->checks;
        $this->agent = "$caller->unique-agent";
        $this->brand = 'Brand ' . ROUND_TRIP . " $caller->unique";
        $this->department = 'Department ' . ROUND_TRIP;
        $this->group = 'Group ' . ROUND_TRIP;
    }

    public function open(): void
    {
        $this->brandComes();
        $this->departmentComes();
        $this->groupComes();
        $this->agentComes();
    }

    public function look(): void
    {
        $this->listsOfStructure();
        $this->listsOfAgents();
        $this->listsAsAgent();
        $this->agentLogsIn();
    }

    public function close(): void
    {
        $brand = ['brandId' => $this->brandId];
        $this->caller->refused('RemoveBrand', RULE_BROKEN, 'brandId', $brand + ['cascade' => false]);
        $this->caller->define('RemoveBrand', $brand + ['cascade' => true]);
        $brands = $this->names($this->caller->call('GetAllBrands')->Brands, 'BrandInfo');
        $this->checks->equal('our brand at the end', null, $brands[$this->brandId] ?? null);
        $groups = $this->caller->call('GetGroupsForUser', ['UserID' => $this->agentId])->Groups;
        $this->checks->equal('groups of the agent at the end', [], (array) $groups);
        $this->caller->call('DeleteUser', ['userId' => $this->agentId]);
    }

    private function brandComes(): void
    {
        $this->brandId = $this->caller->define('CreateBrand', ['name' => $this->brand])->Id;
        $this->checks->holds('id of a new brand', '1 or more', $this->brandId >= 1, $this->brandId);
        $again = $this->caller->refused('CreateBrand', ALREADY_EXISTS, 'name', ['name' => $this->brand]);
        $this->checks->equal('Id of a refused create', 0, $again->Id);
    }

    private function departmentComes(): void
    {
        $this->departmentId = $this->caller->define('CreateDepartment', [
            'brandId' => $this->brandId,
            'name' => $this->department,
            'isInternal' => false,
            'limitedToRoles' => [self::AGENT],
            'frontLineGroup' => self::FRONT_LINE,
        ])->Id;
        $departments = $this->caller->define('ListDepartments')->Departments->Department;
        $ours = self::only($departments, 'BrandId', $this->brandId);
        $this->checks->equal('departments of the brand', 1, count($ours));
        $expected = [
            'DepartmentId' => $this->departmentId,
            'BrandId' => $this->brandId,
            'Name' => $this->department,
            'IsInternal' => false,
            'LimitedToRoles' => [self::AGENT],
            'Position' => 1,
        ];
        $ours[0]->LimitedToRoles = $ours[0]->LimitedToRoles->short;
        $this->checks->equal('our department', $expected, get_object_vars($ours[0]));
    }

    private function groupComes(): void
    {
        $department = ['departmentId' => $this->departmentId];
        $this->groupId = $this->caller->define('CreateGroup', $department + ['name' => $this->group])->Id;
        [$front, $second] = $this->ourGroups();
        $this->frontLineId = $front[0];
        $this->checks->equal('first group', [self::FRONT_LINE, true, 1], array_slice($front, 1));
        $this->checks->equal('second group', [$this->groupId, $this->group, false, 2], $second);
        $order = [$this->groupId, $this->frontLineId];
        $this->caller->define('ReorderGroups', $department + ['groupIds' => $order]);
        $seen = array_column($this->ourGroups(), 3, 0);
        $this->checks->equal('places of the groups', array_combine($order, [1, 2]), $seen);
    }

    /** @return list<array{int, string, bool, int}> */
    private function ourGroups(): array
    {
        $groups = $this->caller->define('ListGroups')->Groups->Group;
        return array_map(
            fn (stdClass $group): array => [$group->GroupId, $group->Name, $group->IsFrontLine, $group->Position],
            self::only($groups, 'DepartmentId', $this->departmentId),
        );
    }

    private function agentComes(): void
    {
        $this->agentId = $this->caller->call('CreateUser2', $this->caller->newUser($this->agent))->UserID;
        $place = ['groupId' => $this->groupId, 'userId' => $this->agentId];
        $state = ['activeForTickets' => true, 'activeForChats' => false, 'away' => false];
        $this->caller->refused('SetMembership', RULE_BROKEN, 'userId', $place + $state);
        $this->caller->call('AddRoleToUser', ['userID' => $this->agentId, 'roleID' => self::AGENT]);
        $this->noAgentsIn('GetAgentsForGroup');
        $this->caller->define('SetMembership', $place + $state);
        $members = $this->caller->define('ListMemberships', ['groupId' => $this->groupId])->Memberships->Membership;
        $expected = [
            'GroupId' => $this->groupId,
            'UserId' => $this->agentId,
            'ActiveForTickets' => true,
            'ActiveForChats' => false,
            'Away' => false,
        ];
        $this->checks->equal('members of the group', [$expected], array_map(get_object_vars(...), $members));
    }

    /** PHP shows an empty list as an object without properties, a missing one not at all. */
    private function noAgentsIn(string $operation): void
    {
        $answer = $this->caller->call($operation, ['GroupID' => $this->groupId]);
        $this->checks->equal("Agents stands in the answer of $operation", true, isset($answer->Agents));
        $this->checks->equal("agents of $operation", [], (array) $answer->Agents);
    }

    private function listsOfStructure(): void
    {
        $seen = $this->names($this->caller->call('GetAllBrands')->Brands, 'BrandInfo');
        $this->checks->equal('our brand among all', $this->brand, $seen[$this->brandId] ?? null);
        $this->departmentsHold('GetAllDepartments');
        $answer = $this->caller->call('GetDepartmentsForBrand', ['BrandID' => $this->brandId]);
        $seen = $this->names($answer->Departments, 'DepartmentInfo');
        $this->checks->equal('departments of our brand', [$this->departmentId => $this->department], $seen);
        $answer = $this->caller->call('GetGroupsForDepartment', ['DepartmentID' => $this->departmentId]);
        $groups = [$this->frontLineId => self::FRONT_LINE, $this->groupId => $this->group];
        $this->checks->equal('groups of our department', $groups, $this->names($answer->Groups, 'GroupInfo'));
        $seen = $this->names($this->caller->call('GetAllGroups')->Groups, 'GroupInfo');
        $this->checks->equal('our group among all', $this->group, $seen[$this->groupId] ?? null);
        $answer = $this->caller->call('GetGroupsForUser', ['UserID' => $this->agentId]);
        $groups = [$this->groupId => $this->group];
        $this->checks->equal('groups of our agent', $groups, $this->names($answer->Groups, 'GroupInfo'));
    }

    private function listsOfAgents(): void
    {
        $ours = ['DisplayName' => ROUND_TRIP, 'ID' => $this->agentId, 'UserName' => $this->agent];
        $seen = $this->agents('GetAllAgents', []);
        $this->checks->holds('all agents', "$this->agent among them", in_array($ours, $seen, true), $seen);
        $seen = $this->agents('GetAgentsForDepartment', ['DepartmentID' => $this->departmentId]);
        $this->checks->equal('agents of our department', [$ours], $seen);
        foreach (['GetAgentsForGroup', 'GetActiveTicketAgentsForGroup'] as $operation) {
            $seen = $this->agents($operation, ['GroupID' => $this->groupId]);
            $this->checks->equal("agents of $operation", [$ours], $seen);
        }
        $this->noAgentsIn('GetActiveChatAgentsForGroup');
        $this->noAgentsIn('GetAvailableChatAgentsForGroup');
    }

    private function listsAsAgent(): void
    {
        $credentials = $this->caller->credentials($this->agent);
        $this->departmentsHold('GetDeptsForUserTicketSubmission', $credentials);
        $this->departmentsHold('GetAllDepartments', $credentials);
    }

    private function departmentsHold(string $operation, array $credentials = []): void
    {
        $seen = $this->names($this->caller->call($operation, $credentials)->Departments, 'DepartmentInfo');
        $name = $seen[$this->departmentId] ?? null;
        $this->checks->equal("our department in $operation", $this->department, $name);
    }

    private function agentLogsIn(): void
    {
        $valid = $this->caller->logIn('ValidateAgent', $this->agent);
        $expected = ['DisplayName' => ROUND_TRIP, 'ID' => $this->agentId, 'UserName' => $this->agent];
        $this->checks->equal('Agent', $expected, get_object_vars($valid->Agent));
        $this->checks->equal('Roles', [1, 2, 3, self::AGENT], $valid->Roles->short);
        $refusal = $this->caller->logIn('ValidateAgent', $this->agent, 'wrong', AUTHENTICATION_FAILED);
        $this->checks->equal('Agent of a refusal', ['ID' => 0], get_object_vars($refusal->Agent));
        $this->checks->equal('Roles stands in a refusal', false, isset($refusal->Roles));
    }

    /** @return array<int, string> the names of a list, by id */
    private function names(stdClass $list, string $item): array
    {
        return array_column($list->$item ?? [], 'Name', 'ID');
    }

    private function agents(string $operation, array $parameters): array
    {
        $agents = $this->caller->call($operation, $parameters)->Agents->AgentInfo;
        return array_map(get_object_vars(...), $agents);
    }

    private static function only(array $rows, string $member, int $value): array
    {
        return array_values(array_filter($rows, fn (stdClass $row): bool => $row->$member === $value));
    }
}
