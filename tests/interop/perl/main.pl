# SOAP::Lite as a client of asmxd: a small story in all services, over SOAP 1.1 and
# SOAP 1.2. It leaves nothing behind and may run beside others and again on the same
# server.
# Usage: main.pl BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.

use strict;
use warnings FATAL => 'all';

use FindBin;
use lib $FindBin::Bin;
use SOAP::Lite;

use Accounts;
use Caller;
use Checks;
use Desk;
use People;

binmode STDERR, ':encoding(UTF-8)';

my ($base) = @ARGV;
my ($name, $password) = @ENV{'ASMXD_ADMIN_USERNAME', 'ASMXD_ADMIN_PASSWORD'};
if (@ARGV != 1 || !defined $name || !defined $password) {
    die "Usage: main.pl BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.\n";
}

my $passed = 0;
for (['1.1', 'soap:Client'], ['1.2', 'soap:Sender']) {
    my ($version, $fault_code) = @$_;
    SOAP::Lite->soapversion($version);
    my $checks = Checks->new("perl, SOAP $version");
    my $caller = Caller->new($base, $version, $checks, $name, $password);
    People::tell($caller);
    Desk::tell($caller);
    Accounts::tell($caller);
    $caller->unknown_operation($fault_code);
    $passed += $checks->passed;
}
print "perl: SOAP 1.1 and 1.2, $passed checks passed\n";
