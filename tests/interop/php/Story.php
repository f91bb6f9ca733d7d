<?php
// The story that every client of the interop tests tells, in all services: a
// person, a help desk, a customer and accounts come, are changed, read and go
// again, with the refusals on the way. It leaves nothing behind and may run
// beside others and again on the same server.

declare(strict_types=1);

final class Story
{
    public function __construct(private readonly Caller $caller)
    {
    }

    public function tell(string $faultCode): void
    {
        (new People($this->caller))->tell();
        $desk = new Desk($this->caller);
        $desk->open();
        $desk->look();
        (new Definitions($this->caller, $desk->agentId, $desk->agent))->tell();
        (new Customers($this->caller))->tell();
        (new Accounts($this->caller))->tell();
        $desk->close();
        $this->unknownOperation($faultCode);
    }

    private function unknownOperation(string $faultCode): void
    {
        $sessions = [$this->caller->organization, $this->caller->structure, $this->caller->accounts];
        foreach ($sessions as $session) {
            $fault = $session->faultOf('NoSuchOperation');
            $this->caller->checks->equal('HTTP status of an unknown operation', 500, $session->status);
            $this->caller->checks->equal('code of its fault', $faultCode, $fault?->faultcode);
        }
        $this->caller->call('GetServerName');
    }
}
