<?php
// One SoapClient, generated from the live WSDL of a service, for one SOAP version.
// PHP takes the port by the version: the first one of the WSDL that speaks it.

declare(strict_types=1);

final class Session
{
    private const NAMESPACES = [
        'svcOrganization' => 'http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx',
        'svcStructure' => 'urn:asmxd:svcStructure:1',
        'svcAccounts' => 'urn:asmxd:svcAccounts:1',
    ];

    private readonly string $base;
    private readonly string $address;
    private readonly string $namespace;
    private readonly array $options;
    private readonly SoapClient $client;

    /** The HTTP status of the last answer. */
    public int $status = 0;

    public function __construct(string $base, string $service, int $soapVersion)
    {
        $this->base = $base;
        $this->address = "$base/Services2/$service.asmx";
        $this->namespace = self::NAMESPACES[$service];
        $this->options = [
            'soap_version' => $soapVersion,
            'cache_wsdl' => WSDL_CACHE_NONE,
            'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
            'trace' => true,
        ];
        $this->client = new SoapClient($this->address . '?WSDL', $this->options);
    }

    public function call(string $operation, array $parameters): stdClass
    {
        $answer = $this->client->__soapCall($operation, [$parameters]);
        $this->keepStatus($this->client);
        return $answer->{$operation . 'Result'};
    }

    /** Calls with PHP's own HTTP Basic. */
    public function callAs(string $name, string $password, string $operation): stdClass
    {
        $login = ['login' => $name, 'password' => $password];
        $client = new SoapClient($this->address . '?WSDL', $login + $this->options);
        $answer = $client->__soapCall($operation, [[]]);
        $this->keepStatus($client);
        return $answer->{$operation . 'Result'};
    }

    /** The last answer as it was sent. */
    public function text(): string
    {
        return (string) $this->client->__getLastResponse();
    }

    /**
     * What a plain GET of a site-relative address answers.
     *
     * @return array{string, string} the line of its status and its body
     */
    public function picture(string $address): array
    {
        $body = file_get_contents($this->base . $address);
        return [$http_response_header[0], $body];
    }

    /** Calls an operation that the WSDL does not have, with a client that knows no WSDL. */
    public function faultOf(string $operation): ?SoapFault
    {
        $place = ['location' => $this->address, 'uri' => $this->namespace, 'use' => SOAP_LITERAL];
        $client = new SoapClient(null, $place + $this->options);
        $fault = null;
        try {
            $client->__soapCall($operation, [], ['soapaction' => "$this->namespace/$operation"]);
        } catch (SoapFault $fault) {
        }
        $this->keepStatus($client);
        return $fault;
    }

    private function keepStatus(SoapClient $client): void
    {
        $line = strtok($client->__getLastResponseHeaders() ?? '', "\r\n");
        $this->status = (int) (explode(' ', (string) $line)[1] ?? 0);
    }
}
