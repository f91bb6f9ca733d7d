# The help desk: a brand with a department and its groups, made through
# svcStructure, looked at through both services, and removed with all that it has.

package Desk;

use strict;
use warnings FATAL => 'all';
use utf8;

use Caller;

use constant DEPARTMENT => 'Department ' . ROUND_TRIP;

sub tell {
    my ($caller) = @_;
    my $brand = "Brand @{[ROUND_TRIP]} $caller->{unique}";
    my $id = $caller->define('CreateBrand', name => $brand)->result->{Id};
    $caller->{checks}->holds('id of a new brand', '1 or more', $id >= 1, $id);
    $caller->define_refused(ALREADY_EXISTS, ['name'], 'CreateBrand', name => $brand);
    department_comes($caller, $id);
    lists($caller, $brand, $id);
    $caller->define_refused(RULE_BROKEN, ['brandId'], 'RemoveBrand', brandId => $id, cascade => 'false');
    $caller->define('RemoveBrand', brandId => $id, cascade => 'true');
    $caller->define_refused(NOT_FOUND, ['brandId'], 'RemoveBrand', brandId => $id, cascade => 'true');
    $caller->{checks}->equal('departments at the end', [], our_departments($caller, $id));
}

sub department_comes {
    my ($caller, $brand) = @_;
    my $id = $caller->define(
        'CreateDepartment', brandId => $brand, name => DEPARTMENT, isInternal => 'false',
        limitedToRoles => [short => AGENT], frontLineGroup => 'Front line',
    )->result->{Id};
    my $ours = [[$id, DEPARTMENT, 'false', AGENT, 1]];
    $caller->{checks}->equal('departments of the brand', $ours, our_departments($caller, $brand));
    my @groups = grep { $_->{DepartmentId} == $id } $caller->define('ListGroups')->valueof('//Groups/Group');
    my @seen = map { [@$_{'Name', 'IsFrontLine'}] } @groups;
    $caller->{checks}->equal('groups of the department', [['Front line', 'true']], \@seen);
}

sub our_departments {
    my ($caller, $brand) = @_;
    my @all = $caller->define('ListDepartments')->valueof('//Departments/Department');
    my @ours = grep { $_->{BrandId} == $brand } @all;
    return [map { [@$_{'DepartmentId', 'Name', 'IsInternal'}, $_->{LimitedToRoles}{short}, $_->{Position}] } @ours];
}

sub lists {
    my ($caller, $brand, $id) = @_;
    my @brands = grep { $_->{ID} == $id } $caller->call('GetAllBrands')->valueof('//Brands/BrandInfo');
    $caller->{checks}->equal('our brand among all', [$brand], [map { $_->{Name} } @brands]);
    my $answer = $caller->call('GetDepartmentsForBrand', BrandID => $id);
    my @names = map { $_->{Name} } $answer->valueof('//Departments/DepartmentInfo');
    $caller->{checks}->equal('departments of our brand', [DEPARTMENT], \@names);
}

1;
