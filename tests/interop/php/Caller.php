<?php
// What every part of the story needs: calls to all services that are judged at
// once, and the names and values that it uses.

declare(strict_types=1);

const ROUND_TRIP = 'Zoë <&> "O\'Neil" 日本';
const PASSWORD = 'Story-Pass-2026';

const AUTHENTICATION_FAILED = 1;
const NOT_ALLOWED = 2;
const NOT_FOUND = 3;
const ALREADY_EXISTS = 4;
const INVALID_VALUE = 5;
const RULE_BROKEN = 6;

final class Caller
{
    /** No one else has this in a name. */
    public readonly string $unique;

    public function __construct(
        public readonly Session $organization,
        public readonly Session $structure,
        public readonly Session $accounts,
        public readonly Checks $checks,
        public readonly string $administrator,
        private readonly string $password,
        string $version,
    ) {
        $this->unique = "php-soap$version-" . getmypid() . '-' . bin2hex(random_bytes(4));
    }

    /** A call of svcOrganization as the administrator; its outcome has to be `$code`. */
    public function call(string $operation, array $parameters = [], int $code = 0): stdClass
    {
        return $this->judged($this->organization, $operation, $parameters + $this->credentials(), $code);
    }

    /** A call of svcStructure as the administrator. What it refuses stands in `Errors`. */
    public function define(string $operation, array $parameters = [], int $code = 0): stdClass
    {
        return $this->explained($this->structure, $operation, $parameters, $code);
    }

    /** A call of svcAccounts as the administrator. What it refuses stands in `Errors`. */
    public function account(string $operation, array $parameters = [], int $code = 0): stdClass
    {
        return $this->explained($this->accounts, $operation, $parameters, $code);
    }

    private function explained(Session $session, string $operation, array $parameters, int $code): stdClass
    {
        $answer = $this->judged($session, $operation, $parameters + $this->credentials(), $code);
        $told = !in_array($code, [0, AUTHENTICATION_FAILED], true);
        $this->checks->equal("Errors of $operation is there", $told, isset($answer->Errors));
        return $answer;
    }

    /** A call of svcStructure that has to be refused with `$code` because of `$field`. */
    public function refused(string $operation, int $code, string $field, array $parameters): stdClass
    {
        $answer = $this->define($operation, $parameters, $code);
        $errors = array_map(get_object_vars(...), $answer->Errors->FieldError);
        $expected = [['Field' => $field, 'Code' => $code, 'Message' => $answer->Message]];
        $this->checks->equal("Errors of $operation", $expected, $errors);
        return $answer;
    }

    /**
     * A call of svcAccounts that has to be refused with `$code` because of just these fields.
     *
     * @param list<string> $fields
     */
    public function accountRefused(string $operation, int $code, array $fields, array $parameters): stdClass
    {
        $answer = $this->account($operation, $parameters, $code);
        $errors = $answer->Errors->FieldError;
        $expected = array_map(fn (string $field): array => [$field, $code], $fields);
        $seen = array_map(fn (stdClass $error): array => [$error->Field, $error->Code], $errors);
        $this->checks->equal("Errors of $operation", $expected, $seen);
        $said = implode(' ', array_column($errors, 'Message'));
        $this->checks->equal("Message of $operation", $said, $answer->Message);
        return $answer;
    }

    /** A call of svcOrganization that takes an agent's login, as ValidateAgent does. */
    public function logIn(string $operation, ?string $name = null, ?string $password = null, int $code = 0): stdClass
    {
        [$userName, $userPassword] = array_values($this->credentials($name, $password ?? PASSWORD));
        $login = ['agentUserName' => $userName, 'agentPassword' => $userPassword];
        return $this->judged($this->organization, $operation, $login, $code);
    }

    public function judged(Session $session, string $operation, array $parameters, int $code): stdClass
    {
        $answer = $session->call($operation, $parameters);
        $this->checks->equal("HTTP status of $operation", 200, $session->status);
        $message = $answer->Message ?? '';
        $outcome = [$answer->Result, $answer->ResultCode];
        $what = "Result and ResultCode of $operation ($message)";
        $this->checks->equal($what, [$code === 0, $code], $outcome);
        return $answer;
    }

    /** Those of the administrator, or of the user with this name. */
    public function credentials(?string $name = null, string $password = PASSWORD): array
    {
        return $name === null
            ? ['authUserName' => $this->administrator, 'authPassword' => $this->password]
            : ['authUserName' => $name, 'authPassword' => $password];
    }

    public function newUser(string $name): array
    {
        return [
            'username' => $name,
            'password' => PASSWORD,
            'email' => "$name@example.org",
            'isEmailVerified' => true,
            'displayName' => ROUND_TRIP,
        ];
    }
}
