# Accounts: an employee comes through svcAccounts with settings on several tabs,
# which are read, changed and refused; its roles change and it goes.

package Accounts;

use strict;
use warnings FATAL => 'all';
use utf8;

use Caller;

use constant {
    NOBODY => 2_000_000_000,
    SIGNATURE => "Kind regards\nZoë <b>&amp; 日本</b>",
    ZONE => 'W. Europe Standard Time',
};

sub tell {
    my ($caller) = @_;
    my @person = (userId => employee_comes($caller));
    my $version = settings($caller, @person);
    change($caller, $version, @person);
    refusals($caller, $version, @person);
    # An employee that was given no roles is an agent.
    assign($caller, 'Remove', [1, 2, 3, AGENT], [1, 2, 3], @person);
    assign($caller, 'Add', [1, 2, 3], [1, 2, 3, AGENT], @person);
    my @users = (int => $person[1]);
    $caller->account_refused(NOT_FOUND, ['userIds[1]'], 'DeleteUsers', userIds => [@users, int => NOBODY]);
    $caller->account('DeleteUsers', userIds => \@users);
    $caller->account_refused(NOT_FOUND, ['userId'], 'GetUser', @person);
}

sub employee_comes {
    my ($caller) = @_;
    my $name = "$caller->{unique}-employee";
    my $settings = [
        Options => [TimeZone => ZONE, PortalSignature => SIGNATURE],
        LiveChat => [MaxActiveChats => 3],
        Reporting => [HourlyCost => 12.5],
        ContactInfo => [PhoneNumbers => [string => '+49 30 1', string => '+81 3 2']],
    ];
    my $id = $caller->account(
        'CreateEmployee', username => $name, password => PASSWORD, emailAddress => "$name\@example.org",
        isEmailVerified => 'true', displayName => ROUND_TRIP, settings => $settings,
    )->result->{UserId};
    $caller->{checks}->holds('id of a new employee', '3 or more', $id >= 3, $id);
    return $id;
}

# SOAP::Lite keeps the last item of a list alone, so lists are asked for by path.
sub settings {
    my ($caller, @person) = @_;
    my $checks = $caller->{checks};
    my $answer = $caller->account('GetEmployeeSettings', @person);
    my $read = $answer->result->{Settings};
    my @texts = @{$read->{Options}}{qw(DisplayName PortalSignature TimeZone AuthenticationMethod)};
    $checks->equal('texts of Options', [ROUND_TRIP, SIGNATURE, ZONE, 'Password'], \@texts);
    $checks->equal('Password', undef, $read->{Options}{Password});
    $checks->equal('LiveChat', [3, 'true'], [@{$read->{LiveChat}}{'MaxActiveChats', 'ChatSounds'}]);
    $checks->equal('HourlyCost', '12.50', $read->{Reporting}{HourlyCost});
    $checks->equal('PhoneNumbers', ['+49 30 1', '+81 3 2'], [$answer->valueof('//PhoneNumbers/string')]);
    return $answer->result->{Version};
}

sub change {
    my ($caller, $version, @person) = @_;
    my @settings = (LiveChat => [ChatSounds => 'false'], Tickets => [ReplyFromAddresses => []]);
    my $answer = $caller->account(
        'UpdateEmployeeSettings', @person, settings => \@settings, expectedVersion => $version);
    $caller->{checks}->equal('Changed', ['ChatSounds'], [$answer->valueof('//Changed/string')]);
    my $read = $caller->account('GetEmployeeSettings', @person)->result;
    $caller->{checks}->equal('Version read back', $answer->result->{Version}, $read->{Version});
    my @seen = ($read->{Settings}{LiveChat}{ChatSounds}, $read->{Settings}{Options}{PortalSignature});
    $caller->{checks}->equal('settings read back', ['false', SIGNATURE], \@seen);
}

sub refusals {
    my ($caller, $version, @person) = @_;
    my @name = (Options => [DisplayName => 'Somebody else']);
    my @wrong = (LiveChat => [MaxActiveChats => 500], Reporting => [HourlyCost => -1]);
    my @call = ('UpdateEmployeeSettings', @person);
    $caller->account_refused(RULE_BROKEN, ['expectedVersion'], @call, settings => \@name, expectedVersion => $version);
    $caller->account_refused(INVALID_VALUE, ['MaxActiveChats', 'HourlyCost'], @call, settings => [@name, @wrong]);
    my $user = $caller->account('GetUser', @person)->result->{User};
    $caller->{checks}->equal('DisplayName after refusals', ROUND_TRIP, $user->{DisplayName});
}

sub assign {
    my ($caller, $mode, $before, $after, undef, $id) = @_;
    my $answer = $caller->account('AssignRoles', userIds => [int => $id], roleIds => [short => AGENT], mode => $mode);
    for ([Before => $before], [After => $after]) {
        my ($when, $expected) = @$_;
        my @ids = $answer->valueof("//RoleAssignment/$when/Role/RoleId");
        $caller->{checks}->equal("roles $when $mode", $expected, \@ids);
    }
}

1;
