# Counting checks. The first check that fails ends the run with one sentence
# that tells what was expected and what was seen.

package Checks;

use strict;
use warnings FATAL => 'all';

sub new {
    my ($class, $label) = @_;
    return bless {label => $label, passed => 0}, $class;
}

sub passed { return shift->{passed} }

# $seen has to be $expected; lists are compared item by item, and every value as the text of it.
sub equal {
    my ($self, $what, $expected, $seen) = @_;
    $self->holds($what, text($expected), text($expected) eq text($seen), $seen);
}

# $condition has to be true; $wanted says in words what it asks for.
sub holds {
    my ($self, $what, $wanted, $condition, $seen) = @_;
    $condition or die "$self->{label}: $what: expected $wanted, saw " . text($seen) . ".\n";
    $self->{passed}++;
}

sub text {
    my ($value) = @_;
    return 'nothing' if !defined $value;
    return '[' . join(', ', map { text($_) } @$value) . ']' if ref $value eq 'ARRAY';
    return qq("$value");
}

1;
