<?php
// Preferences: what an employee reads and changes of itself, what it may not
// change, and its password.

declare(strict_types=1);

final class Preferences
{
    private readonly Checks $checks;
    private readonly array $me;

    public function __construct(
        private readonly Caller $caller,
        private readonly string $name,
        private readonly string $newPassword,
    ) {
        $this->checks = $caller->checks;
        $this->me = $caller->credentials($name);
    }

    public function tell(): void
    {
        $this->oneIsChanged($this->ownPreferences());
        $this->costIsNotOnesOwn();
        $this->passwordChanges();
    }

    private function ownPreferences(): stdClass
    {
        $mine = $this->caller->account('GetMyPreferences', $this->me);
        $this->checks->equal('who asks', $this->name, $mine->User->Username);
        $this->checks->equal('its ChatPopup', true, $mine->Preferences->LiveChat->ChatPopup);
        foreach (['HourlyCost', 'MaxActiveChats'] as $name) {
            $sent = str_contains($this->caller->accounts->text(), "<$name");
            $this->checks->equal("$name was sent", false, $sent);
        }
        return $mine;
    }

    /** All that was read goes back, but custom fields: others remove theirs meanwhile. */
    private function oneIsChanged(stdClass $mine): void
    {
        unset($mine->Preferences->CustomFields);
        $mine->Preferences->LiveChat->ChatPopup = false;
        $change = ['preferences' => $mine->Preferences, 'expectedVersion' => $mine->User->Version];
        $answer = $this->caller->account('UpdateMyPreferences', $change + $this->me);
        $this->checks->equal('Changed', ['ChatPopup'], $answer->Changed->string);
        $mine = $this->caller->account('GetMyPreferences', $this->me);
        $seen = [$mine->Preferences->LiveChat->ChatPopup, $mine->User->Version];
        $this->checks->equal('ChatPopup and Version', [false, $answer->Version], $seen);
    }

    private function costIsNotOnesOwn(): void
    {
        $change = ['preferences' => ['Reporting' => ['HourlyCost' => '1']]];
        $this->caller->accountRefused('UpdateMyPreferences', NOT_ALLOWED, ['HourlyCost'], $change + $this->me);
    }

    private function passwordChanges(): void
    {
        $wanted = ['newPassword' => $this->newPassword] + $this->me;
        $wrong = ['oldPassword' => 'wrong'] + $wanted;
        $this->caller->accountRefused('ChangePassword', INVALID_VALUE, ['oldPassword'], $wrong);
        $this->caller->account('ChangePassword', ['oldPassword' => PASSWORD] + $wanted);
        $this->caller->account('GetMyPreferences', $this->me, AUTHENTICATION_FAILED);
        $me = $this->caller->credentials($this->name, $this->newPassword);
        $this->caller->account('GetMyPreferences', $me);
    }
}
