// The help desk: a brand with a department and its groups, made through
// svcStructure, looked at through both services, and removed with all that it has.

package story;

import java.util.Arrays;
import java.util.List;
import structure.Department;
import structure.SvcStructureSoap_PortType;

final class Desk {
    private static final String DEPARTMENT = "Department " + Caller.ROUND_TRIP;

    private final Caller caller;
    private final Checks checks;
    private final SvcStructureSoap_PortType service;
    private final String admin;
    private final String password;
    private final String brand;

    Desk(Caller caller) {
        this.caller = caller;
        checks = caller.checks;
        service = caller.structure;
        admin = caller.name;
        password = caller.password;
        brand = "Brand " + Caller.ROUND_TRIP + " " + caller.unique;
    }

    void tell() throws Exception {
        var brandId = caller.call(service.createBrand(admin, password, brand)).getId();
        checks.holds("id of a new brand", "1 or more", brandId >= 1, brandId);
        caller.refused(service.createBrand(admin, password, brand), Caller.ALREADY_EXISTS, "name");
        departmentComes(brandId);
        lists(brandId);
        caller.refused(service.removeBrand(admin, password, brandId, false), Caller.RULE_BROKEN, "brandId");
        caller.call(service.removeBrand(admin, password, brandId, true));
        caller.refused(service.removeBrand(admin, password, brandId, true), Caller.NOT_FOUND, "brandId");
        checks.equal("departments at the end", List.of(), ourDepartments(brandId));
    }

    private void departmentComes(int brandId) throws Exception {
        var roles = new short[] {Caller.AGENT_ROLE};
        var departmentId = caller.call(service.createDepartment(
                admin, password, brandId, DEPARTMENT, false, roles, "Front line")).getId();
        var department = new Department();
        department.setDepartmentId(departmentId);
        department.setBrandId(brandId);
        department.setName(DEPARTMENT);
        department.setLimitedToRoles(roles);
        department.setPosition(1);
        checks.equal("departments of the brand", List.of(department), ourDepartments(brandId));
        var groups = Arrays.stream(caller.call(service.listGroups(admin, password)).getGroups())
                .filter(group -> group.getDepartmentId() == departmentId)
                .map(group -> group.getName() + " " + group.isIsFrontLine());
        checks.equal("groups of the department", List.of("Front line true"), groups.toList());
    }

    private List<Department> ourDepartments(int brandId) throws Exception {
        var all = caller.call(service.listDepartments(admin, password)).getDepartments();
        return Arrays.stream(all).filter(department -> department.getBrandId() == brandId).toList();
    }

    private void lists(int brandId) throws Exception {
        var organization = caller.organization;
        var brands = Arrays.stream(caller.call(organization.getAllBrands(admin, password)).getBrands())
                .filter(row -> row.getID() == brandId)
                .map(row -> row.getName());
        checks.equal("our brand among all", List.of(brand), brands.toList());
        var answer = caller.call(organization.getDepartmentsForBrand(admin, password, brandId));
        var names = Arrays.stream(answer.getDepartments()).map(row -> row.getName());
        checks.equal("departments of our brand", List.of(DEPARTMENT), names.toList());
    }
}
