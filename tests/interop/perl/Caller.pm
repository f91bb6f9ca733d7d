# What every part of the story needs: calls to all services that are judged at once,
# and the names and values that it uses.

package Caller;

use strict;
use warnings FATAL => 'all';
use utf8;

use Exporter 'import';
use Session;

use constant {
    AUTHENTICATION_FAILED => 1,
    NOT_FOUND => 3,
    ALREADY_EXISTS => 4,
    INVALID_VALUE => 5,
    RULE_BROKEN => 6,
    AGENT => 4,
    PASSWORD => 'Story-Pass-2026',
    ROUND_TRIP => q(Zoë <&> "O'Neil" 日本),
};

our @EXPORT = qw(
    AUTHENTICATION_FAILED NOT_FOUND ALREADY_EXISTS INVALID_VALUE RULE_BROKEN AGENT PASSWORD ROUND_TRIP
);

sub new {
    my ($class, $base, $version, $checks, $name, $password) = @_;
    my $unique = sprintf 'perl-soap%s-%d-%08x', $version =~ tr/.//dr, $$, int rand 2**32;
    my $self = bless {checks => $checks, name => $name, unique => $unique}, $class;
    $self->{login} = [authUserName => $name, authPassword => $password];
    $self->{$_} = Session->new($base, $_) for qw(svcOrganization svcStructure svcAccounts);
    return $self;
}

# Calls of svcOrganization as the administrator; the outcome has to be the code.
sub call { my $self = shift; return $self->refused(0, @_) }

sub refused {
    my ($self, $code, $operation, @parameters) = @_;
    return $self->judged('svcOrganization', $code, $operation, @{$self->{login}}, @parameters);
}

# Calls of svcStructure and svcAccounts. What is refused has to name just these fields.
sub define { my $self = shift; return $self->define_refused(0, [], @_) }
sub account { my $self = shift; return $self->account_refused(0, [], @_) }
sub define_refused { my $self = shift; return $self->explained('svcStructure', @_) }
sub account_refused { my $self = shift; return $self->explained('svcAccounts', @_) }

sub explained {
    my ($self, $service, $code, $fields, $operation, @parameters) = @_;
    my $answer = $self->judged($service, $code, $operation, @{$self->{login}}, @parameters);
    my @seen = map { [$_->{Field}, $_->{Code}] } $answer->valueof('//Errors/FieldError');
    $self->{checks}->equal("Errors of $operation", [map { [$_, $code] } @$fields], \@seen);
    return $answer;
}

sub judged {
    my ($self, $service, $code, $operation, @parameters) = @_;
    my ($status, $answer) = $self->{$service}->call($operation, @parameters);
    $self->{checks}->equal("HTTP status of $operation", 200, $status);
    my $result = $answer->result;
    my $what = "Result and ResultCode of $operation ($result->{Message})";
    my $expected = [$code == 0 ? 'true' : 'false', $code];
    $self->{checks}->equal($what, $expected, [@$result{'Result', 'ResultCode'}]);
    return $answer;
}

# Each service answers an operation that it does not have with a fault. SOAP::Lite asks
# for its code by path in SOAP 1.2.
sub unknown_operation {
    my ($self, $fault_code) = @_;
    for my $service (qw(svcOrganization svcStructure svcAccounts)) {
        my ($status, $answer) = $self->{$service}->call_unknown('NoSuchOperation');
        $self->{checks}->equal('HTTP status of an unknown operation', 500, $status);
        my $code = $answer->faultcode // $answer->valueof('//Fault/Code/Value');
        $self->{checks}->equal('code of its fault', $fault_code, $code);
    }
}

1;
