# People: a person comes, is changed, becomes an agent who logs in and stands in the
# lists of svcOrganization, and goes.

package People;

use strict;
use warnings FATAL => 'all';
use utf8;

use Caller;

sub tell {
    my ($caller) = @_;
    my $name = "$caller->{unique}-agent";
    my $id = user_comes($caller, $name);
    properties($caller, $name, $id);
    becomes_an_agent($caller, $name, $id);
    wrong_passwords($caller, $name);
    $caller->call('DeleteUser', userId => $id);
    $caller->refused(NOT_FOUND, 'GetUsersProperties', userId => $id, requestedValues => [string => 'DisplayName']);
}

sub user_comes {
    my ($caller, $name) = @_;
    my @person = (
        username => $name, password => PASSWORD, email => "$name\@example.org",
        isEmailVerified => 'true', displayName => ROUND_TRIP,
    );
    my $id = $caller->call('CreateUser2', @person)->result->{UserID};
    $caller->{checks}->holds('id of a new user', '3 or more', $id >= 3, $id);
    my $again = $caller->refused(ALREADY_EXISTS, 'CreateUser2', @person);
    $caller->{checks}->equal('UserID of a refused create', 0, $again->result->{UserID});
    return $id;
}

sub properties {
    my ($caller, $name, $id) = @_;
    my @expected = (
        'DisplayName=' . ROUND_TRIP, "EMAILADDRESS=$name\@example.org", 'NoSuchKey=', 'isemailverified=true',
    );
    properties_are($caller, $id, \@expected);
    my @written = ('DisplayNameForChat=Zoë 😀 (chat)', 'TimeZone=Europe/Berlin', 'DisplayName=a=b == c=');
    $caller->call('SetUsersProperties', userId => $id, userPropertyValues => [map { (string => $_) } @written]);
    properties_are($caller, $id, \@written);
}

# They come in the order asked.
sub properties_are {
    my ($caller, $id, $expected) = @_;
    my @keys = map { (string => s/=.*//r) } @$expected;
    my $answer = $caller->call('GetUsersProperties', userId => $id, requestedValues => \@keys);
    $caller->{checks}->equal('properties', $expected, [$answer->valueof('//RequestResults/string')]);
}

sub becomes_an_agent {
    my ($caller, $name, $id) = @_;
    my $checks = $caller->{checks};
    $caller->call('AddRoleToUser', userID => $id, roleID => AGENT);
    my @roles = map { $_->{RoleID} } $caller->call('GetAllRoles')->valueof('//Roles/RoleInfo');
    $checks->holds('all roles', AGENT . ' among them', scalar(grep { $_ == AGENT } @roles), \@roles);
    my %agents = map { $_->{ID} => $_->{UserName} } $caller->call('GetAllAgents')->valueof('//Agents/AgentInfo');
    $checks->equal('our agent and agent 2', [$name, $caller->{name}], [@agents{$id, 2}]);
    my @login = (agentUserName => $name, agentPassword => PASSWORD);
    my $valid = $caller->judged('svcOrganization', 0, 'ValidateAgent', @login);
    $checks->equal('Agent.ID', $id, $valid->result->{Agent}{ID});
    $checks->equal('Roles', [1, 2, 3, AGENT], [$valid->valueof('//Roles/short')]);
}

# Tried on the story's own user: the administrator must not be locked out.
sub wrong_passwords {
    my ($caller, $name) = @_;
    my @logins = (
        [GetServerName => authUserName => $name, authPassword => 'wrong'],
        [ValidateAgent => agentUserName => $name, agentPassword => 'wrong'],
    );
    $caller->judged('svcOrganization', AUTHENTICATION_FAILED, @$_) for @logins;
}

1;
