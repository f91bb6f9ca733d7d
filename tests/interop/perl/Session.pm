# One service as SOAP::Lite knows it from its live WSDL: where each operation is, its
# namespace, its action and its parameters. SOAP::Lite would call it with parameters
# that are in no namespace, as it does in all its rpc; here they are in that of the
# service, the way it is done with all services of .NET. Everything else is its own: an
# xsi:type that it guesses for each value, and the encodingStyle of rpc.

package Session;

use strict;
use warnings FATAL => 'all';

use SOAP::Lite;

sub new {
    my ($class, $base, $service) = @_;
    my $schema = SOAP::Schema->new(schema_url => "$base/Services2/$service.asmx?WSDL");
    my $operations = $schema->parse->services->{$service};
    return bless {service => $service, operations => $operations}, $class;
}

# The HTTP status and SOAP::Lite's own object of an answer.
sub call {
    my ($self, $operation, @parameters) = @_;
    my $known = $self->{operations}{$operation} or die "the WSDL has no $operation\n";
    my %names = map { $_->name => 1 } @{$known->{parameters}};
    my @names = map { $parameters[2 * $_] } 0 .. $#parameters / 2;
    exists $names{$_} or die "$operation has no parameter $_\n" for @names;
    return $self->send_to($known, $known->{soapaction}, $operation, @parameters);
}

# A call of something that the WSDL does not have.
sub call_unknown {
    my ($self, $operation) = @_;
    my ($known) = values %{$self->{operations}};
    return $self->send_to($known, "$known->{namespace}/$operation", $operation);
}

sub send_to {
    my ($self, $known, $action, $operation, @parameters) = @_;
    my $soap = SOAP::Lite->new(proxy => ["$known->{endpoint}", timeout => 60]);
    $soap->default_ns("$known->{namespace}");
    $soap->on_action(sub { return "$action" });
    my $answer = $soap->call($operation, elements(@parameters));
    return ($soap->transport->proxy->code, $answer);
}

# Pairs of a name and a text, or a reference to more pairs. SOAP::Lite takes texts that
# are not ASCII for bytes, and writes those as base64, unless they are called strings.
sub elements {
    my @elements;
    while (my ($name, $value) = splice @_, 0, 2) {
        my $data = SOAP::Data->name($name);
        if (ref $value) {
            push @elements, $data->value(\SOAP::Data->value(elements(@$value)));
        } elsif ($value =~ /[^\x20-\x7e]/) {
            push @elements, $data->value($value)->type('string');
        } else {
            push @elements, $data->value($value);
        }
    }
    return @elements;
}

1;
