<?php
// The story that every client of the interop tests tells: a person and a role
// come, are changed, read and go again, with the refusals on the way. It leaves
// nothing behind and may run beside others and again on the same server.

declare(strict_types=1);

final class Story
{
    private const DISPLAY_NAME = 'Zoë <&> "O\'Neil" 日本';
    private const PASSWORD = 'Story-Pass-2026';

    private const AUTHENTICATION_FAILED = 1;
    private const NOT_FOUND = 3;
    private const ALREADY_EXISTS = 4;

    private readonly string $user;
    private readonly string $role;

    public function __construct(
        private readonly Session $session,
        private readonly Checks $checks,
        private readonly string $name,
        private readonly string $password,
        string $version,
    ) {
        $unique = getmypid() . '-' . bin2hex(random_bytes(4));
        $this->user = "php-soap$version-$unique";
        $this->role = "Role $this->user";
    }

    public function tell(string $faultCode): void
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
        $this->unknownOperation($faultCode);
    }

    /** A call as the administrator; its outcome has to be `$code`. */
    private function call(string $operation, array $parameters = [], int $code = 0): stdClass
    {
        $credentials = ['authUserName' => $this->name, 'authPassword' => $this->password];
        return $this->judged($operation, $parameters + $credentials, $code);
    }

    private function judged(string $operation, array $parameters, int $code): stdClass
    {
        $answer = $this->session->call($operation, $parameters);
        $this->checks->equal("HTTP status of $operation", 200, $this->session->status);
        $message = $answer->Message ?? '';
        $outcome = [$answer->Result, $answer->ResultCode];
        $what = "Result and ResultCode of $operation ($message)";
        $this->checks->equal($what, [$code === 0, $code], $outcome);
        return $answer;
    }

    private function serverHasAName(): void
    {
        $name = $this->call('GetServerName')->RequestResult ?? '';
        $this->checks->holds('name of the server', 'some text', $name !== '', $name);
    }

    /**
     * PHP shows an empty list as an object without properties, a missing one not at all. Others
     * work on the same server, so nothing is said of what the lists hold.
     */
    private function listsArePresent(): void
    {
        foreach (['GetAllDepartments' => 'Departments', 'GetAllGroups' => 'Groups'] as $operation => $field) {
            $answer = $this->call($operation);
            $this->checks->equal("$field stands in the answer", true, isset($answer->$field));
        }
        $refusal = $this->call('GetAgentsForGroup', ['GroupID' => 999999], self::NOT_FOUND);
        $this->checks->equal('Agents stands in a refusal', false, isset($refusal->Agents));
    }

    private function newUser(string $name): array
    {
        return [
            'username' => $name,
            'password' => self::PASSWORD,
            'email' => "$name@example.org",
            'isEmailVerified' => true,
            'displayName' => self::DISPLAY_NAME,
        ];
    }

    private function createUser(): int
    {
        $userId = $this->call('CreateUser2', $this->newUser($this->user))->UserID;
        $this->checks->holds('id of a new user', '3 or more', $userId >= 3, $userId);
        $again = $this->call('CreateUser2', $this->newUser($this->user), self::ALREADY_EXISTS);
        $this->checks->equal('UserID of a refused create', 0, $again->UserID);
        return $userId;
    }

    private function readProperties(int $userId): void
    {
        $keys = ['DisplayName', 'EMAILADDRESS', 'NoSuchKey', 'isemailverified'];
        $answer = $this->call('GetUsersProperties', ['userId' => $userId, 'requestedValues' => $keys]);
        $expected = [
            'DisplayName=' . self::DISPLAY_NAME,
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
        $this->call('SetUsersProperties', ['userId' => $userId, 'userPropertyValues' => $written]);
        $keys = array_map(fn (string $item): string => explode('=', $item)[0], $written);
        $this->checks->equal('properties read back', $written, $this->propertiesByName($this->user, $keys));
    }

    private function propertiesByName(string $name, array $keys): array
    {
        $parameters = ['username' => $name, 'requestedValues' => $keys];
        return $this->call('GetUsersPropertiesbyUsername', $parameters)->RequestResults->string;
    }

    /** CreateUser does not tell the id; a caller looks it up by name. */
    private function createUserWithoutId(): void
    {
        $name = "$this->user-b";
        $this->call('CreateUser', $this->newUser($name));
        $found = $this->propertiesByName($name, ['UserID'])[0];
        $matches = preg_match('/^UserID=(\d+)$/', $found, $parts) === 1;
        $this->checks->holds('UserID by user name', 'UserID=<number>', $matches, $found);
        $this->call('DeleteUser', ['userId' => (int) $parts[1]]);
    }

    private function roleComesAndGoes(int $userId): void
    {
        $this->call('AddRole', ['roleName' => $this->role, 'employeeRole' => false]);
        $roleId = $this->allRoles()[$this->role] ?? 0;
        $this->checks->holds('id of the new role', '100 or more', $roleId >= 100, $roleId);
        $this->call('AddRoleToUser', ['userID' => $userId, 'roleID' => $roleId]);
        $this->checks->equal('roles of the user', [1, 2, 3, $roleId], $this->rolesOf($userId));
        $this->call('RemoveRoleFromUser', ['userID' => $userId, 'roleID' => $roleId]);
        $this->checks->equal('roles after taking it', [1, 2, 3], $this->rolesOf($userId));
        $this->call('RemoveRole', ['roleID' => $roleId]);
        $names = array_keys($this->allRoles());
        $gone = !in_array($this->role, $names, true);
        $this->checks->holds('roles at the end', "no '$this->role'", $gone, $names);
    }

    /** @return array<string, int> */
    private function allRoles(): array
    {
        return array_column($this->call('GetAllRoles')->Roles->RoleInfo, 'RoleID', 'RoleName');
    }

    /** @return list<int> */
    private function rolesOf(int $userId): array
    {
        $answer = $this->call('GetAllUserRoles', ['userID' => $userId]);
        return array_column($answer->Roles->RoleInfo, 'RoleID');
    }

    private function lookAtAdministrator(): void
    {
        $login = ['agentUserName' => $this->name, 'agentPassword' => $this->password];
        $valid = $this->judged('ValidateAgent', $login, 0);
        $this->checks->equal('Agent.ID of the administrator', 2, $valid->Agent->ID);
        $roles = $valid->Roles->short;
        $this->checks->holds('Roles of the administrator', '6 among them', in_array(6, $roles, true), $roles);
        $queue = $this->judged('GetQueueUser', $login, 0);
        $this->checks->equal('Agent.ID of the queue', 1, $queue->Agent->ID);
        $agents = array_column($this->call('GetAllAgents')->Agents->AgentInfo, 'UserName', 'ID');
        $this->checks->equal('user name of agent 2', $this->name, $agents[2] ?? null);
        $this->checks->holds('agents', 'no queue user 1', !isset($agents[1]), $agents);
    }

    /** Tried on the story's own user: the administrator must not be locked out. */
    private function wrongPassword(): void
    {
        $wrong = ['authUserName' => $this->user, 'authPassword' => 'wrong'];
        $this->call('GetServerName', $wrong, self::AUTHENTICATION_FAILED);
    }

    private function deleteUser(int $userId): void
    {
        $this->call('DeleteUser', ['userId' => $userId]);
        $reading = ['userId' => $userId, 'requestedValues' => ['DisplayName']];
        $this->call('GetUsersProperties', $reading, self::NOT_FOUND);
    }

    private function unknownOperation(string $faultCode): void
    {
        $fault = $this->session->faultOf('NoSuchOperation');
        $this->checks->equal('HTTP status of an unknown operation', 500, $this->session->status);
        $this->checks->equal('code of its fault', $faultCode, $fault?->faultcode);
        $this->call('GetServerName');
    }
}
