<?php
// What the help desk defines: a custom field, permissions of a role, a report, a
// time-log category, and what the ticket system reports of an agent.

declare(strict_types=1);

final class Definitions
{
    private const OPTIONS = ['Gold <&>', 'Silver'];

    private readonly Checks $checks;
    private readonly string $unique;
    private readonly string $field;

    public function __construct(
        private readonly Caller $caller,
        private readonly int $agentId,
        private readonly string $agent,
    ) {
        $this->checks = $caller->checks;
        $this->unique = $caller->unique;
        $this->field = 'Level ' . ROUND_TRIP . " $caller->unique";
    }

    public function tell(): void
    {
        $fieldId = $this->customFieldComes();
        $this->customFieldIsListed($fieldId);
        $this->customFieldHasValues();
        $this->customFieldGoes($fieldId);
        $this->permissions();
        $this->timeLogCategory();
        $this->activity();
    }

    private function customFieldComes(): int
    {
        return $this->caller->define('CreateCustomField', [
            'name' => $this->unique,
            'displayName' => $this->field,
            'dataType' => 'List',
            'defaultValue' => 'Silver',
            'options' => self::OPTIONS,
            'isGlobal' => true,
            'required' => false,
            'forEmployees' => true,
            'forUsers' => false,
        ])->Id;
    }

    private function customFieldIsListed(int $fieldId): void
    {
        $fields = $this->caller->define('ListCustomFields')->CustomFields->CustomField;
        $ours = array_column($fields, null, 'FieldId')[$fieldId] ?? null;
        $this->checks->holds('custom fields', 'ours among them', $ours !== null, $fields);
        $this->checks->equal('its names', [$this->unique, $this->field], [$ours->Name, $ours->DisplayName]);
        $this->checks->equal('its DataType', 'List', $ours->DataType);
        $this->checks->equal('its DefaultValue', 'Silver', $ours->DefaultValue);
        $this->checks->equal('its Options', self::OPTIONS, $ours->Options->string);
        $flags = [$ours->IsGlobal, $ours->Required, $ours->ForEmployees, $ours->ForUsers];
        $this->checks->equal('its flags', [true, false, true, false], $flags);
        $infos = $this->caller->call('GetAllCustomFields')->CustomFields->CustomFieldInfo;
        $info = array_column($infos, null, 'ID')[$fieldId] ?? null;
        $this->checks->holds('GetAllCustomFields', 'ours among them', $info !== null, $infos);
        $this->checks->equal('DisplayName of its info', $this->field, $info->DisplayName);
        $this->checks->equal('DataType of its info', ['List', true], [$info->DataType, $info->IsGlobal]);
        $this->checks->equal('ValueOptions', self::OPTIONS, $info->ValueOptions->string);
    }

    private function customFieldHasValues(): void
    {
        $this->checks->equal('default', ["$this->field=Silver", 'NoSuch='], $this->valuesOf('NoSuch'));
        $this->setValue('Gold <&>');
        $this->setValue('Bronze', INVALID_VALUE);
        $ours = "$this->field=Gold <&>";
        $this->checks->equal('value read back', [$ours], $this->valuesOf());
        $answer = $this->caller->call('GetUserCustomFieldsList', ['userId' => $this->agentId]);
        $found = $answer->RequestResults->string;
        $this->checks->holds('all values', 'ours among them', in_array($ours, $found, true), $found);
    }

    private function setValue(string $value, int $code = 0): void
    {
        $values = ['userId' => $this->agentId, 'customFieldValues' => ["$this->field=$value"]];
        $this->caller->call('SetUserCustomFields', $values, $code);
    }

    /** @return list<string> */
    private function valuesOf(string ...$more): array
    {
        $asked = ['userId' => $this->agentId, 'requestedCustomFields' => [$this->field, ...$more]];
        return $this->caller->call('GetUserCustomFields', $asked)->RequestResults->string;
    }

    private function customFieldGoes(int $fieldId): void
    {
        $field = ['fieldId' => $fieldId];
        $this->caller->refused('RemoveCustomField', RULE_BROKEN, 'fieldId', $field + ['cascade' => false]);
        $this->caller->define('RemoveCustomField', $field + ['cascade' => true]);
    }

    private function permissions(): void
    {
        $name = "Permissions $this->unique";
        $this->caller->call('AddRole', ['roleName' => $name, 'employeeRole' => true]);
        $roles = array_column($this->caller->call('GetAllRoles')->Roles->RoleInfo, 'RoleID', 'RoleName');
        $role = ['roleID' => $roles[$name] ?? 0];
        $this->allow('SetTicketPermissions', $role, ['ViewOwn', 'Reply']);
        $this->allow('SetTicketPermissions', $role, ['ViewOwn', 'NoSuch'], INVALID_VALUE);
        $this->allow('SetKBPermissions', $role + ['categoryID' => 0], ['View']);
        $this->reportComesAndGoes($role);
        $this->caller->call('RemoveRole', $role);
    }

    private function allow(string $operation, array $role, array $names, int $code = 0): void
    {
        $this->caller->call($operation, $role + ['allowedPermissions' => $names], $code);
    }

    private function reportComesAndGoes(array $role): void
    {
        $name = 'Report ' . ROUND_TRIP . " $this->unique";
        $reportId = $this->caller->define('CreateReport', ['name' => $name])->ReportId;
        $reports = $this->caller->call('GetAllReports')->Reports->ReportInfo;
        $names = array_column($reports, 'ReportName', 'ReportID');
        $this->checks->equal('our report among all', $name, $names[$reportId] ?? null);
        $this->allow('SetReportPermissions', $role, [$reportId]);
        $report = ['reportId' => $reportId];
        $this->caller->refused('RemoveReport', RULE_BROKEN, 'reportId', $report + ['cascade' => false]);
        $this->caller->define('RemoveReport', $report + ['cascade' => true]);
    }

    private function timeLogCategory(): void
    {
        $name = 'Category ' . ROUND_TRIP . " $this->unique";
        $texts = ['name' => $name, 'description' => ROUND_TRIP];
        $categoryId = $this->caller->define('CreateTimeLogCategory', $texts)->Id;
        $found = $this->caller->call('GetAllTimeLogCategories')->TimeLogCategories->TimeLogCategoryInfo;
        $ours = array_column($found, null, 'ID')[$categoryId] ?? null;
        $expected = ['CategoryName' => $name, 'Description' => ROUND_TRIP, 'ID' => $categoryId];
        $this->checks->equal('our category among all', $expected, (array) $ours);
        $this->caller->define('RemoveTimeLogCategory', ['categoryId' => $categoryId, 'cascade' => false]);
    }

    private function activity(): void
    {
        $this->caller->define('ReportAgentActivity', [
            'userId' => $this->agentId,
            'activeTickets' => 1,
            'activeLiveChats' => 2,
            'inProgressTasks' => 3,
            'dailyTickets' => 4,
            'dailyChats' => 5,
            'dailyCallLogs' => 6,
            'averageTicketResponseTime' => 0.1,
        ]);
        $this->dailyTotals(['useAuthenticatedUser' => false]);
        $this->dailyTotals(['useAuthenticatedUser' => true] + $this->caller->credentials($this->agent));
        $answer = $this->caller->call('GetActiveItemCounts', ['useAuthenticatedAgent' => false]);
        $counts = ['ActiveTicketsCount' => 1, 'ActiveLiveChatsCount' => 2, 'InProgressTasksCount' => 3];
        $this->checks->equal('active items of our agent', $counts, $this->ours($answer->ActiveItems->ActiveItem));
    }

    private function dailyTotals(array $parameters): void
    {
        $items = $this->caller->call('GetDailyTotals', $parameters)->StatItems->DailyStatItem;
        $expected = [
            'DailyTicketCount' => 4,
            'DailyChatCount' => 5,
            'DailyCallLogCount' => 6,
            'AverageTicketResponseTime' => 0.1,
        ];
        $this->checks->equal('daily totals of our agent', $expected, $this->ours($items));
    }

    /** What is told of our agent, without the agent itself. */
    private function ours(array $items): array
    {
        foreach ($items as $item) {
            if ($item->Agent->ID === $this->agentId) {
                $this->checks->equal('its name', $this->agent, $item->Agent->UserName);
                return array_diff_key(get_object_vars($item), ['Agent' => true]);
            }
        }
        return [];
    }
}
