<?php
// Settings: those of an employee are read by tab as what they are, changed as
// users of proxies do it (read, change, write all back), reset, and refused.

declare(strict_types=1);

final class Settings
{
    public const SIGNATURE = "Zoë <&>\nsecond line";

    private readonly Checks $checks;
    private readonly array $person;

    /** @param list<string> $phones */
    public function __construct(
        private readonly Caller $caller,
        int $userId,
        private readonly array $phones,
    ) {
        $this->checks = $caller->checks;
        $this->person = ['userId' => $userId];
    }

    public function tell(): void
    {
        $read = $this->settingsComeByTab();
        $this->readChangeWrite($read);
        $this->oneIsReset();
        $this->refusals($read->Version);
    }

    /** PHP has no decimals: it shows them as text. */
    private function settingsComeByTab(): stdClass
    {
        $answer = $this->read();
        $settings = $answer->Settings;
        $options = $settings->Options;
        $this->checks->equal('TimeZone', 'W. Europe Standard Time', $options->TimeZone);
        $this->checks->equal('PortalSignature', self::SIGNATURE, $options->PortalSignature);
        $this->checks->equal('Password stands there', false, isset($options->Password));
        $this->checks->equal('Avatar stands there', false, isset($options->Avatar));
        $this->checks->equal('HourlyCost', '12.50', $settings->Reporting->HourlyCost);
        $this->checks->equal('MaxActiveChats', 3, $settings->LiveChat->MaxActiveChats);
        $this->checks->equal('CopyToEnabled', true, $settings->Tickets->CopyToEnabled);
        $this->checks->equal('PhoneNumbers', $this->phones, $settings->ContactInfo->PhoneNumbers->string);
        return $answer;
    }

    /**
     * All that was read goes back, but custom fields: others define some and remove them beside
     * us, between our reading and our writing.
     */
    private function readChangeWrite(stdClass $read): void
    {
        unset($read->Settings->CustomFields);
        $read->Settings->Tickets->CopyToEnabled = false;
        $read->Settings->LiveChat->ChatSounds = false;
        $change = ['settings' => $read->Settings, 'expectedVersion' => $read->Version];
        $written = $this->caller->account('UpdateEmployeeSettings', $change + $this->person);
        $changed = $written->Changed->string;
        sort($changed);
        $this->checks->equal('Changed', ['ChatSounds', 'CopyToEnabled'], $changed);
        $this->checks->holds('Version', 'another', $written->Version > $read->Version, $written->Version);
        $now = $this->readsAs($read->Settings);
        $this->checks->equal('Version read again', $written->Version, $now->Version);
    }

    private function oneIsReset(): void
    {
        $expected = $this->read()->Settings;
        $reset = ['reset' => ['MaxActiveChats']];
        $answer = $this->caller->account('UpdateEmployeeSettings', $reset + $this->person);
        $this->checks->equal('Changed by a reset', ['MaxActiveChats'], $answer->Changed->string);
        $expected->LiveChat->MaxActiveChats = 1;
        $this->readsAs($expected);
    }

    private function refusals(int $oldVersion): void
    {
        $before = $this->read();
        $good = ['Options' => ['DisplayName' => 'A good name']];
        $bad = ['LiveChat' => ['MaxActiveChats' => 500], 'Reporting' => ['HourlyCost' => '-1']];
        $this->caller->accountRefused(
            'UpdateEmployeeSettings',
            INVALID_VALUE,
            ['MaxActiveChats', 'HourlyCost'],
            ['settings' => $good + $bad] + $this->person,
        );
        $this->caller->accountRefused(
            'UpdateEmployeeSettings',
            RULE_BROKEN,
            ['expectedVersion'],
            ['settings' => $good, 'expectedVersion' => $oldVersion] + $this->person,
        );
        $after = $this->readsAs($before->Settings);
        $this->checks->equal('Version after refusals', $before->Version, $after->Version);
    }

    /** All settings, but custom fields: whoever works beside us defines them. */
    private function readsAs(stdClass $expected): stdClass
    {
        $now = $this->read();
        unset($now->Settings->CustomFields, $expected->CustomFields);
        $this->checks->equal('settings', self::values($expected), self::values($now->Settings));
        return $now;
    }

    private function read(): stdClass
    {
        return $this->caller->account('GetEmployeeSettings', $this->person);
    }

    /** Tabs by value: PHP compares objects by identity. */
    private static function values(stdClass $settings): array
    {
        return json_decode(json_encode($settings), true);
    }
}
