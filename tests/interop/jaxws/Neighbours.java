// The other services beside svcAccounts, a few calls each: a person comes through
// svcOrganization, is read in both of them, and goes; and a brand in svcStructure.

package story;

import java.util.List;
import organization.ArrayOfString;

final class Neighbours {
    private final Caller caller;
    private final Checks checks;
    private final String admin;
    private final String password;
    private final String user;

    Neighbours(Caller caller) {
        this.caller = caller;
        checks = caller.checks;
        admin = caller.name;
        password = caller.password;
        user = caller.unique + "-neighbour";
    }

    void tell() throws Exception {
        person();
        brand();
    }

    private void person() throws Exception {
        var service = caller.organization;
        var email = user + "@example.org";
        var userId = caller.call(service.createUser2(
                admin, password, user, Caller.USER_PASSWORD, email, true, Caller.ROUND_TRIP)).getUserID();
        var keys = new ArrayOfString();
        keys.getString().addAll(List.of("DisplayName", "EMAILADDRESS", "NoSuchKey"));
        var values = caller.call(service.getUsersProperties(admin, password, userId, keys)).getRequestResults();
        var expected = List.of("DisplayName=" + Caller.ROUND_TRIP, "EMAILADDRESS=" + email, "NoSuchKey=");
        checks.equal("properties in the order asked", expected, values.getString());
        var known = caller.call(caller.accounts.getUserByUsername(admin, password, user)).getUser();
        checks.equal("the same person in svcAccounts", userId, known.getUserId());
        caller.call(service.deleteUser(admin, password, userId));
        var refusal = caller.refused(service.getUsersProperties(admin, password, userId, keys), Caller.NOT_FOUND);
        checks.equal("RequestResults of a refusal", null, refusal.getRequestResults());
    }

    private void brand() throws Exception {
        var service = caller.structure;
        var name = "Brand " + Caller.ROUND_TRIP + " " + caller.unique;
        var brandId = caller.call(service.createBrand(admin, password, name)).getId();
        var brands = caller.call(service.listBrands(admin, password)).getBrands().getBrand();
        var ours = brands.stream().filter(brand -> brand.getBrandId() == brandId).toList();
        checks.equal("name of our brand", List.of(name), ours.stream().map(brand -> brand.getName()).toList());
        caller.call(service.removeBrand(admin, password, brandId, false));
        var refusal = caller.refused(service.removeBrand(admin, password, brandId, false), Caller.NOT_FOUND);
        var fields = refusal.getErrors().getFieldError().stream().map(error -> error.getField()).toList();
        checks.equal("Errors of a removal", List.of("brandId"), fields);
    }
}
