<?php
// The two operations with SoapServer, as PHP-FPM runs it: a process for a request at a time,
// each of which keeps its connection to the database, whose name is in PEER_DB.

const WRONG_LOGIN = 1;
const NOT_FOUND = 3;
const TAKEN = 4;

function hashed(string $salt, string $password): string
{
    return $salt . '$' . hash('sha256', $salt . $password);
}

class Peer
{
    public function __construct(private PDO $database)
    {
    }

    private function one(string $query, string $key): array|false
    {
        $statement = $this->database->prepare($query);
        $statement->execute([$key]);
        return $statement->fetch(PDO::FETCH_NUM);
    }

    private function logsIn(object $call): bool
    {
        $query = 'SELECT password_hash FROM users WHERE username_key = ? AND enabled';
        $row = $this->one($query, strtolower($call->authUserName ?? ''));
        return $row && hash_equals($row[0], hashed(explode('$', $row[0])[0], $call->authPassword ?? ''));
    }

    public function GetUsersPropertiesbyUsername(object $call): array
    {
        if (!$this->logsIn($call)) {
            return $this->properties(WRONG_LOGIN);
        }
        $query = 'SELECT username, display_name, email, email_verified, enabled FROM users WHERE username_key = ?';
        $row = $this->one($query, strtolower($call->username ?? ''));
        if (!$row) {
            return $this->properties(NOT_FOUND);
        }
        $values = [
            'Username' => $row[0],
            'DisplayName' => $row[1],
            'EmailAddress' => $row[2],
            'IsEmailVerified' => $row[3] ? 'true' : 'false',
            'Enabled' => $row[4] ? 'true' : 'false',
        ];
        $wanted = array_intersect((array) ($call->requestedValues->string ?? []), array_keys($values));
        return $this->properties(0, array_map(fn ($key) => "$key=$values[$key]", $wanted));
    }

    private function properties(int $code, array $values = []): array
    {
        $result = ['Message' => '', 'RequestResults' => ['string' => $values], 'Result' => $code === 0, 'ResultCode' => $code];
        return ['GetUsersPropertiesbyUsernameResult' => $result];
    }

    public function CreateUser2(object $call): array
    {
        if (!$this->logsIn($call)) {
            return $this->made(WRONG_LOGIN);
        }
        $statement = $this->database->prepare(
            'INSERT INTO users (username, username_key, display_name, email, email_key, email_verified, enabled, '
            . 'password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)'
        );
        try {
            $statement->execute([
                $call->username,
                strtolower($call->username),
                $call->displayName ?? '',
                $call->email,
                strtolower($call->email),
                (int) $call->isEmailVerified,
                hashed(bin2hex(random_bytes(8)), $call->password),
                (int) (microtime(true) * 1000),
            ]);
        } catch (PDOException $error) {
            if ($error->getCode() !== '23000') {
                throw $error;
            }
            return $this->made(TAKEN);
        }
        return $this->made(0, (int) $this->database->lastInsertId());
    }

    private function made(int $code, int $id = 0): array
    {
        return ['CreateUser2Result' => ['Message' => '', 'Result' => $code === 0, 'ResultCode' => $code, 'UserID' => $id]];
    }
}

$options = [PDO::ATTR_PERSISTENT => true, PDO::ATTR_TIMEOUT => 10, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION];
$database = new PDO('sqlite:' . getenv('PEER_DB'), null, null, $options);
$database->exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 32000');
$server = new SoapServer(__DIR__ . '/../peer.wsdl', ['cache_wsdl' => WSDL_CACHE_MEMORY]);
$server->setObject(new Peer($database));
$server->handle();
