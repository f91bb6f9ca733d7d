<?php
// People: a person and a role come, are changed, read and go again, with the
// refusals on the way.

declare(strict_types=1);

final class People
{
    private readonly Checks $checks;
    private readonly string $user;
    private readonly string $role;

    public function __construct(private readonly Caller $caller)
    {
        $this->checks = $caller->checks;
        $this->user = $caller->unique;
        $this->role = "Role $caller->unique";
    }

    public function tell(): void
    {
        $this->serverHasAName();
        $this->listsArePresent();
        $userId = $this->createUser();
        $this->readProperties($userId);
        $this->writeProperties($userId);
        $this->createUserWithoutId();
        $this->roleComesAndGoes($userId);
        $this->lookAtAdministrator();
        $this->wrongPassword();
        $this->deleteUser($userId);
    }

    private function serverHasAName(): void
    {
        $name = $this->caller->call('GetServerName')->RequestResult ?? '';
        $this->checks->holds('name of the server', 'some text', $name !== '', $name);
    }

    /**
     * PHP shows an empty list as an object without properties, a missing one not at all. Others
     * work on the same server, so nothing is said of what the lists hold.
     */
    private function listsArePresent(): void
    {
        foreach (['GetAllDepartments' => 'Departments', 'GetAllGroups' => 'Groups'] as $operation => $field) {
            $answer = $this->caller->call($operation);
            $this->checks->equal("$field stands in the answer", true, isset($answer->$field));
        }
        $refusal = $this->caller->call('GetAgentsForGroup', ['GroupID' => 999999], NOT_FOUND);
        $this->checks->equal('Agents stands in a refusal', false, isset($refusal->Agents));
    }

    private function createUser(): int
    {
        $userId = $this->caller->call('CreateUser2', $this->caller->newUser($this->user))->UserID;
        $this->checks->holds('id of a new user', '3 or more', $userId >= 3, $userId);
        $again = $this->caller->call('CreateUser2', $this->caller->newUser($this->user), ALREADY_EXISTS);
        $this->checks->equal('UserID of a refused create', 0, $again->UserID);
        return $userId;
    }

    private function readProperties(int $userId): void
    {
        $keys = ['DisplayName', 'EMAILADDRESS', 'NoSuchKey', 'isemailverified'];
        $answer = $this->caller->call('GetUsersProperties', ['userId' => $userId, 'requestedValues' => $keys]);
        $expected = [
            'DisplayName=' . ROUND_TRIP,
            "EMAILADDRESS=$this->user@example.org",
            'NoSuchKey=',
            'isemailverified=true',
        ];
        $this->checks->equal('properties in the order asked', $expected, $answer->RequestResults->string);
    }

    private function writeProperties(int $userId): void
    {
        $written = [
            'DisplayNameForChat=Zoë 😀 (chat)',
            'TimeZone=Europe/Berlin',
            'DisplayName=a=b == c=',
        ];
        $this->caller->call('SetUsersProperties', ['userId' => $userId, 'userPropertyValues' => $written]);
        $keys = array_map(fn (string $item): string => explode('=', $item)[0], $written);
        $this->checks->equal('properties read back', $written, $this->propertiesByName($this->user, $keys));
    }

    private function propertiesByName(string $name, array $keys): array
    {
        $parameters = ['username' => $name, 'requestedValues' => $keys];
        return $this->caller->call('GetUsersPropertiesbyUsername', $parameters)->RequestResults->string;
    }

    /** CreateUser does not tell the id; a caller looks it up by name. */
    private function createUserWithoutId(): void
    {
        $name = "$this->user-b";
        $this->caller->call('CreateUser', $this->caller->newUser($name));
        $found = $this->propertiesByName($name, ['UserID'])[0];
        $matches = preg_match('/^UserID=(\d+)$/', $found, $parts) === 1;
        $this->checks->holds('UserID by user name', 'UserID=<number>', $matches, $found);
        $this->caller->call('DeleteUser', ['userId' => (int) $parts[1]]);
    }

    private function roleComesAndGoes(int $userId): void
    {
        $this->caller->call('AddRole', ['roleName' => $this->role, 'employeeRole' => false]);
        $roleId = $this->allRoles()[$this->role] ?? 0;
        $this->checks->holds('id of the new role', '100 or more', $roleId >= 100, $roleId);
        $this->caller->call('AddRoleToUser', ['userID' => $userId, 'roleID' => $roleId]);
        $this->checks->equal('roles of the user', [1, 2, 3, $roleId], $this->rolesOf($userId));
        $this->caller->call('RemoveRoleFromUser', ['userID' => $userId, 'roleID' => $roleId]);
        $this->checks->equal('roles after taking it', [1, 2, 3], $this->rolesOf($userId));
        $this->caller->call('RemoveRole', ['roleID' => $roleId]);
        $names = array_keys($this->allRoles());
        $gone = !in_array($this->role, $names, true);
        $this->checks->holds('roles at the end', "no '$this->role'", $gone, $names);
    }

    /** @return array<string, int> */
    private function allRoles(): array
    {
        return array_column($this->caller->call('GetAllRoles')->Roles->RoleInfo, 'RoleID', 'RoleName');
    }

    /** @return list<int> */
    private function rolesOf(int $userId): array
    {
        $answer = $this->caller->call('GetAllUserRoles', ['userID' => $userId]);
        return array_column($answer->Roles->RoleInfo, 'RoleID');
    }

    private function lookAtAdministrator(): void
    {
        $valid = $this->caller->logIn('ValidateAgent');
        $this->checks->equal('Agent.ID of the administrator', 2, $valid->Agent->ID);
        $roles = $valid->Roles->short;
        $this->checks->holds('Roles of the administrator', '6 among them', in_array(6, $roles, true), $roles);
        $queue = $this->caller->logIn('GetQueueUser');
        $this->checks->equal('Agent.ID of the queue', 1, $queue->Agent->ID);
        $agents = array_column($this->caller->call('GetAllAgents')->Agents->AgentInfo, 'UserName', 'ID');
        $this->checks->equal('user name of agent 2', $this->caller->administrator, $agents[2] ?? null);
        $this->checks->holds('agents', 'no queue user 1', !isset($agents[1]), $agents);
    }

    /** Tried on the story's own user: the administrator must not be locked out. */
    private function wrongPassword(): void
    {
        $wrong = ['authUserName' => $this->user, 'authPassword' => 'wrong'];
        $this->caller->call('GetServerName', $wrong, AUTHENTICATION_FAILED);
    }

    private function deleteUser(int $userId): void
    {
        $this->caller->call('DeleteUser', ['userId' => $userId]);
        $reading = ['userId' => $userId, 'requestedValues' => ['DisplayName']];
        $this->caller->call('GetUsersProperties', $reading, NOT_FOUND);
    }
}
