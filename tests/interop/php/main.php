<?php
// ext-soap as a client of asmxd: tells the story over SOAP 1.1 and SOAP 1.2.
// Usage: main.php BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.

declare(strict_types=1);

const PARTS = [
    'Checks', 'Session', 'Caller', 'People', 'Desk', 'Definitions', 'Customers',
    'Feed', 'Lists', 'Settings', 'Preferences', 'Accounts', 'Story',
];

foreach (PARTS as $part) {
    require __DIR__ . "/$part.php";
}

const VERSIONS = [
    '1.1' => [SOAP_1_1, 'soap:Client'],
    '1.2' => [SOAP_1_2, 'soap:Sender'],
];

function stop(string $sentence): never
{
    fwrite(STDERR, "$sentence\n");
    exit(1);
}

function run(string $base, string $name, string $password): void
{
    $passed = 0;
    foreach (VERSIONS as $version => [$soapVersion, $faultCode]) {
        $checks = new Checks("php, SOAP $version");
        try {
            $services = ['svcOrganization', 'svcStructure', 'svcAccounts'];
            $open = fn (string $service): Session => new Session($base, $service, $soapVersion);
            $sessions = array_map($open, $services);
            $caller = new Caller(...$sessions, ...[$checks, $name, $password, $version[2]]);
            (new Story($caller))->tell($faultCode);
        } catch (CheckFailed $failed) {
            stop($failed->getMessage());
        } catch (Throwable $error) {
            $seen = $error::class . ': ' . $error->getMessage();
            stop("$checks->label: expected an answer, saw $seen");
        }
        $passed += $checks->passed;
    }
    echo "php: SOAP 1.1 and 1.2, $passed checks passed\n";
}

// A warning or notice (a property that is not there) is an error too.
set_error_handler(fn (int $level, string $text) => throw new ErrorException($text, 0, $level));

$name = getenv('ASMXD_ADMIN_USERNAME');
$password = getenv('ASMXD_ADMIN_PASSWORD');
if ($argc !== 2 || $name === false || $password === false) {
    stop('Usage: main.php BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.');
}
run($argv[1], $name, $password);
