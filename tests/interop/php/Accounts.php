<?php
// Accounts: a role and the people who hold it come through svcAccounts, are
// changed, read, copied and listed, and go again; the feed tells all of it.

declare(strict_types=1);

final class Accounts
{
    private const AGENT = 4;
    private const NOBODY = 2_000_000_000;
    private const NEW_PASSWORD = 'Story-Pass-2027';
    private const PHONES = ['+49 30 1', '+81 3 2'];
    private const PERMISSIONS = [['KB', 0, 'View'], ['Ticket', 0, 'Reply'], ['Ticket', 0, 'ViewOwn']];
    private const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA'
        . '60e6kgAAAABJRU5ErkJggg==';
    private const TABS = ['WebInterface', 'Tickets', 'LiveChat', 'ContactInfo', 'Reporting', 'Community'];

    private readonly Checks $checks;
    private readonly string $role;
    private readonly string $prefix;
    private readonly string $employee;
    private readonly string $user;
    private readonly string $clone;
    private readonly int $roleId;
    private readonly int $employeeId;
    private readonly int $userId;
    private readonly int $cloneId;

    public function __construct(private readonly Caller $caller)
    {
        $this->checks = $caller->checks;
        $this->role = 'Accounts ' . ROUND_TRIP . " $caller->unique";
        $this->prefix = "$caller->unique-account";
        $this->employee = "$this->prefix-employee";
        $this->user = "$this->prefix-user";
        $this->clone = "$this->prefix-clone";
    }

    public function tell(): void
    {
        $feed = new Feed($this->caller);
        $feed->readToTheEnd();
        $this->roleComes();
        $this->employeeComes();
        $this->employeeIsRead();
        (new Settings($this->caller, $this->employeeId, self::PHONES))->tell();
        $this->userComes();
        $this->rolesAreAssigned();
        (new Preferences($this->caller, $this->employee, self::NEW_PASSWORD))->tell();
        $this->logins();
        $this->avatar();
        $this->lookups();
        $this->permissions();
        $this->cloneComes();
        $this->basic();
        $this->lists();
        $everybody = [$this->employeeId, $this->userId, $this->cloneId];
        $values = [PASSWORD, self::NEW_PASSWORD, explode("\n", Settings::SIGNATURE)[1], ...self::PHONES];
        $feed->tellsOf($this->employeeId, $everybody, $values);
        $this->peopleGo($everybody);
    }

    private function roleComes(): void
    {
        $role = ['name' => $this->role, 'isEmployee' => true];
        $this->roleId = $this->caller->account('CreateRole', $role)->RoleId;
        $this->checks->holds('id of a new role', '100 or more', $this->roleId >= 100, $this->roleId);
    }

    private function employeeComes(): void
    {
        $this->employeeId = $this->caller->account('CreateEmployee', [
            'roleNames' => [$this->role],
            'settings' => [
                'Options' => [
                    'TimeZone' => 'W. Europe Standard Time',
                    'PortalSignature' => Settings::SIGNATURE,
                ],
                'Tickets' => ['CopyToAddress' => 'copy@example.org'],
                'LiveChat' => ['MaxActiveChats' => 3],
                'Reporting' => ['HourlyCost' => '12.5'],
                'ContactInfo' => ['PhoneNumbers' => self::PHONES],
            ],
        ] + self::newPerson($this->employee))->UserId;
        $this->checks->holds('id of an employee', '3 or more', $this->employeeId >= 3, $this->employeeId);
    }

    private function employeeIsRead(): void
    {
        $user = $this->read($this->employeeId);
        $expected = [$this->employeeId, $this->employee, ROUND_TRIP, 'Password', true, 'Employee'];
        $seen = [$user->UserId, $user->Username, $user->DisplayName];
        array_push($seen, $user->AuthenticationMethod, $user->IsEmployee, $user->Role);
        $this->checks->equal('the employee', $expected, $seen);
        $zones = [$user->TimeZone, $user->TimeZoneIana, $user->TimeZoneWindows];
        $expected = ['W. Europe Standard Time', 'Europe/Berlin', 'W. Europe Standard Time'];
        $this->checks->equal('its time zone', $expected, $zones);
        $this->isRecent('CreatedAt', $user->CreatedAt);
        $this->checks->equal('LastLogin before any', false, isset($user->LastLogin));
        $this->checks->equal('its roles', [1, 2, 3, $this->roleId], self::ids($user->Roles));
        $this->checks->equal('name of its role', $this->role, $user->Roles->Role[3]->Name);
    }

    /** PHP shows a time as the text that was sent: in UTC, and not that of another zone. */
    private function isRecent(string $what, string $moment): void
    {
        $this->checks->holds("zone of $what", 'Z', str_ends_with($moment, 'Z'), $moment);
        $away = abs(time() - (new DateTimeImmutable($moment))->getTimestamp());
        $this->checks->holds($what, 'a time near now', $away < 900, $moment);
    }

    private function userComes(): void
    {
        $phones = array_slice(self::PHONES, 0, 1);
        $settings = ['CommunityMessagingEnabled' => false, 'PhoneNumbers' => $phones];
        $person = ['settings' => $settings] + self::newPerson($this->user);
        $this->userId = $this->caller->account('CreateUser', $person)->UserId;
        $name = ['username' => strtoupper($this->user)];
        $found = $this->caller->account('GetUserByUsername', $name)->User;
        $seen = [$found->UserId, $found->IsEmployee, $found->Role];
        $this->checks->equal('the user', [$this->userId, false, 'EndUser'], $seen);
        $settings = $this->caller->account('GetUserSettings', ['userId' => $this->userId])->Settings;
        $seen = [$settings->CommunityMessagingEnabled, $settings->PhoneNumbers->string];
        $this->checks->equal('settings of the user', [false, $phones], $seen);
    }

    private function rolesAreAssigned(): void
    {
        $people = [$this->employeeId, $this->userId];
        $agent = ['roleIds' => [self::AGENT]];
        $given = ['userIds' => $people, 'mode' => 'Add'] + $agent;
        $rows = $this->caller->account('AssignRoles', $given)->Assignments->RoleAssignment;
        $row = fn (stdClass $row): array => [$row->UserId, self::ids($row->Before), self::ids($row->After)];
        $after = [[1, 2, 3, self::AGENT, $this->roleId], [1, 2, 3, self::AGENT]];
        $expected = [
            [$this->employeeId, [1, 2, 3, $this->roleId], $after[0]],
            [$this->userId, [1, 2, 3], $after[1]],
        ];
        $this->checks->equal('roles before and after', $expected, array_map($row, $rows));
        $taken = ['userIds' => [$people[0], self::NOBODY, $people[1]], 'mode' => 'Remove'] + $agent;
        $field = 'userIds[1]';
        $this->caller->accountRefused('AssignRoles', NOT_FOUND, [$field], $taken);
        foreach ($people as $place => $userId) {
            $roles = $this->caller->account('GetUserRoles', ['userId' => $userId])->Roles;
            $this->checks->equal('roles after a refusal', $after[$place], self::ids($roles));
        }
    }

    private function logins(): void
    {
        $login = ['username' => $this->employee, 'password' => self::NEW_PASSWORD];
        $right = $this->caller->account('Authenticate', $login);
        $outcome = [$right->IsAuthenticated, $right->Outcome, $right->MustChangePassword];
        $this->checks->equal('a right login', [true, 'Granted', false], $outcome);
        $this->checks->equal('who logged in', $this->employeeId, $right->User->UserId);
        $this->isRecent('LastLogin', $this->read($this->employeeId)->LastLogin);
        $wrong = $this->caller->account('Authenticate', ['password' => 'wrong'] + $login);
        $outcome = [$wrong->IsAuthenticated, $wrong->Outcome, isset($wrong->User)];
        $this->checks->equal('a wrong login', [false, 'Denied', false], $outcome);
    }

    private function avatar(): void
    {
        $person = ['userId' => $this->employeeId];
        $picture = base64_decode(self::PICTURE);
        $given = $this->caller->account('SetAvatar', ['picture' => $picture] + $person);
        $changed = $given->Changed->string;
        sort($changed);
        $this->checks->equal('Changed', ['Avatar', 'AvatarProvider'], $changed);
        $seen = $this->caller->account('GetAvatar', $person);
        $this->checks->equal('its type', 'image/png', $seen->MediaType);
        $this->checks->equal('the picture', self::PICTURE, base64_encode($seen->Picture));
        $this->isRecent('UploadedAt', $seen->UploadedAt);
        [$status, $shown] = $this->caller->accounts->picture($seen->AvatarUrl);
        $this->checks->holds('status of its address', '200', str_contains($status, ' 200'), $status);
        $this->checks->equal('the picture at its address', self::PICTURE, base64_encode($shown));
        $this->caller->account('RemoveAvatar', $person);
        $seen = $this->caller->account('GetAvatar', $person);
        foreach (['MediaType', 'Picture', 'UploadedAt'] as $member) {
            $this->checks->equal("$member at the end", false, isset($seen->$member));
        }
        $none = ['picture' => 'no picture'] + $person;
        $this->caller->accountRefused('SetAvatar', INVALID_VALUE, ['picture'], $none);
    }

    private function lookups(): void
    {
        $zones = $this->caller->account('ListTimeZones')->TimeZones->TimeZone;
        $windows = array_column($zones, 'Windows', 'Iana')['Europe/Berlin'] ?? null;
        $this->checks->equal('Berlin', 'W. Europe Standard Time', $windows);
        $roles = $this->caller->account('ListRoles')->Roles->Role;
        $ours = array_column($roles, null, 'RoleId')[$this->roleId] ?? null;
        $this->checks->holds('roles', 'ours among them', $ours !== null, $roles);
        $seen = [$ours->Name, $ours->IsEmployee, $ours->IsBuiltIn];
        $this->checks->equal('our role', [$this->role, true, false], $seen);
        $providers = $this->caller->account('ListAvatarProviders')->Providers->string;
        $expected = ['None', 'Upload', 'Gravatar'];
        $this->checks->equal('providers of avatars', $expected, array_slice($providers, 0, 3));
        $tags = array_column($this->caller->account('ListLanguages')->Languages->Language, 'Tag');
        $this->checks->holds('languages', 'en among them', in_array('en', $tags, true), $tags);
        $tags = array_column($this->caller->account('ListDictionaries')->Languages->Language, 'Tag');
        $this->checks->holds('dictionaries', 'more than 15', count($tags) > 15, $tags);
    }

    private function permissions(): void
    {
        $record = fn (array $row): array => ['Area' => $row[0], 'CategoryId' => $row[1], 'Name' => $row[2]];
        $row = fn (stdClass $record): array => [$record->Area, $record->CategoryId, $record->Name];
        $role = ['roleId' => $this->roleId];
        $given = array_map($record, array_reverse(self::PERMISSIONS));
        $this->caller->account('SetRolePermissions', ['permissions' => $given] + $role);
        $found = $this->caller->account('GetRolePermissions', $role)->Permissions->Permission;
        $this->checks->equal('permissions of the role', self::PERMISSIONS, array_map($row, $found));
        $answer = $this->caller->account('GetEffectivePermissions', ['userId' => $this->employeeId]);
        $byRole = fn (stdClass $record): bool => in_array($this->roleId, self::ids($record->GrantedBy), true);
        $granted = array_filter($answer->Permissions->EffectivePermission, $byRole);
        $seen = array_map($row, array_values($granted));
        $this->checks->equal('permissions by the role', self::PERMISSIONS, $seen);
    }

    private function cloneComes(): void
    {
        $this->cloneId = $this->caller->account('CloneUser', [
            'userId' => $this->employeeId,
            'username' => $this->clone,
            'password' => PASSWORD,
            'emailAddress' => "$this->clone@example.org",
            'displayName' => '',
        ])->UserId;
        $settings = fn (int $userId): stdClass =>
            $this->caller->account('GetEmployeeSettings', ['userId' => $userId])->Settings;
        [$model, $clone] = array_map($settings, [$this->employeeId, $this->cloneId]);
        foreach (self::TABS as $tab) {
            $this->checks->equal("$tab of the clone", json_encode($model->$tab), json_encode($clone->$tab));
        }
        foreach (['TimeZone', 'PreferredLanguage', 'PortalSignature', 'AvatarProvider'] as $name) {
            $this->checks->equal("$name of the clone", $model->Options->$name, $clone->Options->$name);
        }
        $user = $this->read($this->cloneId);
        $expected = [$this->clone, $this->clone, "$this->clone@example.org", false];
        $own = [$user->Username, $user->DisplayName, $user->EmailAddress, $user->IsEmailVerified];
        $this->checks->equal("what is the clone's own", $expected, $own);
        $this->checks->equal('LastLogin of the clone', false, isset($user->LastLogin));
        $this->checks->equal('roles of the clone', [1, 2, self::AGENT, $this->roleId], self::ids($user->Roles));
    }

    /** PHP's own HTTP Basic, without credentials in the call. */
    private function basic(): void
    {
        $me = [$this->employee, self::NEW_PASSWORD];
        $answer = $this->caller->accounts->callAs(...$me, ...['ListRoles']);
        $seen = [$this->caller->accounts->status, $answer->Result, $answer->ResultCode];
        $this->checks->equal('ListRoles by HTTP Basic', [200, true, 0], $seen);
    }

    /** One of them is no employee any more. */
    private function lists(): void
    {
        $agent = ['userIds' => [$this->userId], 'roleIds' => [self::AGENT], 'mode' => 'Remove'];
        $this->caller->account('AssignRoles', $agent);
        $employees = [$this->employee, $this->clone];
        $people = new Lists($this->caller, 'ListUsers', $this->prefix);
        $people->tellsOf([...$employees, $this->user]);
        $people->tellsOf([$this->user], ['onlyEndUsers' => true]);
        (new Lists($this->caller, 'ListEmployees', $this->prefix))->tellsOf($employees);
    }

    /** @param list<int> $everybody */
    private function peopleGo(array $everybody): void
    {
        $field = 'userIds[' . count($everybody) . ']';
        $more = ['userIds' => [...$everybody, self::NOBODY]];
        $this->caller->accountRefused('DeleteUsers', NOT_FOUND, [$field], $more);
        array_map($this->read(...), $everybody);
        $this->caller->account('DeleteUsers', ['userIds' => $everybody]);
        foreach ($everybody as $userId) {
            $this->caller->accountRefused('GetUser', NOT_FOUND, ['userId'], ['userId' => $userId]);
        }
        $this->caller->account('DeleteRole', ['roleId' => $this->roleId]);
        $left = self::ids($this->caller->account('ListRoles')->Roles);
        $gone = !in_array($this->roleId, $left, true);
        $this->checks->holds('roles at the end', "no $this->roleId", $gone, $left);
    }

    private function read(int $userId): stdClass
    {
        return $this->caller->account('GetUser', ['userId' => $userId])->User;
    }

    /** @return list<int> */
    private static function ids(stdClass $roles): array
    {
        return array_column($roles->Role, 'RoleId');
    }

    private static function newPerson(string $name): array
    {
        return [
            'username' => $name,
            'password' => PASSWORD,
            'emailAddress' => "$name@example.org",
            'isEmailVerified' => true,
            'displayName' => ROUND_TRIP,
        ];
    }
}
