// Accounts: an employee with its settings and an end user come through svcAccounts,
// are read, changed and copied, look after themselves, and go again; the feed of
// changes has told it all.

package story;

import accounts.ArrayOfRole;
import accounts.AssignMode;
import accounts.AssignRolesResult;
import accounts.AuthenticationMethod;
import accounts.ContactInfo;
import accounts.EmployeeSettings;
import accounts.ListedRole;
import accounts.LiveChat;
import accounts.Options;
import accounts.Permission;
import accounts.PermissionArea;
import accounts.Reporting;
import accounts.Role;
import accounts.RoleAssignment;
import accounts.SvcAccountsSoap;
import accounts.Tickets;
import accounts.UserSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.ws.BindingProvider;

final class Accounts {
    static final String SIGNATURE = "Kind regards\nZoë & 日本";
    static final List<String> PHONES = List.of("+49 30 1", "+81 3 2");
    static final String ZONE = "W. Europe Standard Time";

    private static final short AGENT_ROLE = 4;
    private static final int NOBODY = 999999999;

    private final Caller caller;
    private final Checks checks;
    private final SvcAccountsSoap service;
    private final String admin;
    private final String password;
    private final String name;
    private final String roleName;

    Accounts(Caller caller) {
        this.caller = caller;
        checks = caller.checks;
        service = caller.accounts;
        admin = caller.name;
        password = caller.password;
        name = caller.unique;
        roleName = "Role " + caller.unique;
    }

    void tell() throws Exception {
        var feed = new AccountsFeed(caller);
        var roleId = roleComes();
        var employee = employeeComes();
        employeeIsRead(employee, roleId);
        new AccountsSettings(caller, employee).tell();
        var endUser = endUserComes();
        rolesAreAssigned(employee, endUser);
        new AccountsSelf(caller, employee, name).tell();
        lookups();
        permissions(roleId, employee);
        ownWayToLogIn();
        var clone = cloneComes(employee);
        new AccountsLists(caller, name).look(employee, clone, endUser);
        everybodyGoes(List.of(employee, endUser, clone));
        roleGoes(roleId);
        feed.look(employee);
    }

    private short roleComes() throws Exception {
        var roleId = caller.call(service.createRole(admin, password, roleName, true)).getRoleId();
        checks.holds("id of a new role", "100 or more", roleId >= 100, roleId);
        return roleId;
    }

    private int employeeComes() throws Exception {
        var settings = new EmployeeSettings();
        settings.setOptions(new Options());
        settings.getOptions().setTimeZone(ZONE);
        settings.getOptions().setPortalSignature(SIGNATURE);
        settings.setTickets(new Tickets());
        settings.getTickets().setCopyToAddress("copy@example.org");
        settings.setLiveChat(new LiveChat());
        settings.getLiveChat().setMaxActiveChats(3);
        settings.setReporting(new Reporting());
        settings.getReporting().setHourlyCost(new BigDecimal("12.5"));
        settings.setContactInfo(new ContactInfo());
        settings.getContactInfo().setPhoneNumbers(Lists.strings(PHONES));
        var userId = caller.call(service.createEmployee(
                admin, password, name, Caller.USER_PASSWORD, name + "@example.org", true,
                Caller.ROUND_TRIP, null, Lists.strings(List.of(roleName)), settings)).getUserId();
        checks.holds("id of a new employee", "3 or more", userId >= 3, userId);
        return userId;
    }

    private void employeeIsRead(int employee, short roleId) throws Exception {
        var user = caller.call(service.getUser(admin, password, employee)).getUser();
        var texts = List.of(user.getUsername(), user.getDisplayName(), user.getEmailAddress());
        checks.equal("the employee", List.of(name, Caller.ROUND_TRIP, name + "@example.org"), texts);
        var flags = List.of(
                user.isIsEmailVerified(), user.isEnabled(), user.isIsEmployee(), user.isForcePasswordChange());
        checks.equal("its flags", List.of(true, true, true, false), flags);
        checks.equal("its AuthenticationMethod", AuthenticationMethod.PASSWORD, user.getAuthenticationMethod());
        checks.equal("its Role", ListedRole.EMPLOYEE, user.getRole());
        isNow("CreatedAt", user.getCreatedAt());
        checks.equal("LastLogin", null, user.getLastLogin());
        var zones = List.of(user.getTimeZone(), user.getTimeZoneIana(), user.getTimeZoneWindows());
        checks.equal("its zone", List.of(ZONE, "Europe/Berlin", ZONE), zones);
        var roles = user.getRoles().getRole().stream().filter(role -> role.getRoleId() == roleId).toList();
        checks.equal("our role", List.of(roleName), roles.stream().map(Role::getName).toList());
        var byName = service.getUserByUsername(admin, password, name.toUpperCase(Locale.ROOT));
        checks.equal("who has the name", employee, caller.call(byName).getUser().getUserId());
    }

    private void isNow(String what, XMLGregorianCalendar time) {
        var good = time != null && time.getTimezone() == 0;
        var away = good ? Duration.between(instant(time), Instant.now()).abs() : Duration.ZERO;
        checks.holds(what, "a time near now in UTC", good && away.toMinutes() < 60, time);
    }

    static Instant instant(XMLGregorianCalendar time) {
        return time.toGregorianCalendar().toInstant();
    }

    private int endUserComes() throws Exception {
        var settings = new UserSettings();
        settings.setPhoneNumbers(Lists.strings(PHONES.subList(1, 2)));
        settings.setCommunityMessagingEnabled(false);
        var username = name + "-end";
        var userId = caller.call(service.createUser(
                admin, password, username, Caller.USER_PASSWORD, username + "@example.org", null,
                null, null, null, settings)).getUserId();
        var kept = caller.call(service.getUserSettings(admin, password, userId)).getSettings();
        checks.equal("PhoneNumbers of the end user", PHONES.subList(1, 2), kept.getPhoneNumbers().getString());
        checks.equal("its DisplayName", username, kept.getDisplayName());
        checks.equal("its CommunityMessagingEnabled", false, kept.isCommunityMessagingEnabled());
        checks.equal("its IsEmailVerified", false, kept.isIsEmailVerified());
        return userId;
    }

    private void rolesAreAssigned(int employee, int endUser) throws Exception {
        var refusal = assign(List.of(employee, NOBODY, endUser), AssignMode.ADD);
        caller.refused(refusal, Caller.NOT_FOUND, "userIds[1]");
        checks.equal("agents in spite of that", false, isAgent(employee) || isAgent(endUser));
        var told = caller.call(assign(List.of(employee, endUser), AssignMode.ADD)).getAssignments().getRoleAssignment();
        var whose = told.stream().map(RoleAssignment::getUserId).toList();
        checks.equal("whose roles were assigned", List.of(employee, endUser), whose);
        checks.equal("agents before", false, told.stream().anyMatch(row -> hasAgent(row.getBefore())));
        checks.equal("agents after", true, told.stream().allMatch(row -> hasAgent(row.getAfter())));
        checks.equal("agents now", true, isAgent(employee) && isAgent(endUser));
        caller.call(assign(List.of(endUser), AssignMode.REMOVE));
        checks.equal("whether the end user is an agent at last", false, isAgent(endUser));
    }

    private AssignRolesResult assign(List<Integer> users, AssignMode mode) {
        return service.assignRoles(admin, password, Lists.ints(users), Lists.shorts(AGENT_ROLE), null, mode);
    }

    private boolean isAgent(int userId) throws Exception {
        return hasAgent(caller.call(service.getUserRoles(admin, password, userId)).getRoles());
    }

    private static boolean hasAgent(ArrayOfRole roles) {
        return roles.getRole().stream().anyMatch(role -> role.getRoleId() == AGENT_ROLE);
    }

    private void lookups() throws Exception {
        var zones = caller.call(service.listTimeZones(admin, password)).getTimeZones().getTimeZone();
        var berlin = zones.stream().filter(zone -> zone.getIana().equals("Europe/Berlin")).toList();
        checks.equal("the zone of Berlin", List.of(ZONE), berlin.stream().map(zone -> zone.getWindows()).toList());
        checks.has("roles", roleName, roleNames());
        var providers = caller.call(service.listAvatarProviders(admin, password)).getProviders().getString();
        checks.equal("first providers of avatars", List.of("None", "Upload", "Gravatar"), providers.subList(0, 3));
        var languages = caller.call(service.listLanguages(admin, password)).getLanguages().getLanguage();
        checks.has("languages", "en", languages.stream().map(row -> row.getTag()).toList());
        var dictionaries = caller.call(service.listDictionaries(admin, password)).getLanguages().getLanguage();
        checks.holds("dictionaries", "more than 15", dictionaries.size() > 15, dictionaries.size());
    }

    private List<String> roleNames() throws Exception {
        var roles = caller.call(service.listRoles(admin, password)).getRoles().getRole();
        return roles.stream().map(Role::getName).toList();
    }

    private void permissions(short roleId, int employee) throws Exception {
        var allowed = List.of(permission(PermissionArea.KB, "View"), permission(PermissionArea.TICKET, "ViewOwn"));
        caller.call(service.setRolePermissions(admin, password, roleId, Lists.permissions(allowed)));
        var kept = caller.call(service.getRolePermissions(admin, password, roleId)).getPermissions().getPermission();
        var texts = kept.stream().map(row -> "%s %d %s".formatted(row.getArea(), row.getCategoryId(), row.getName()));
        checks.equal("permissions of the role", List.of("KB 0 View", "TICKET 0 ViewOwn"), texts.toList());
        var effective = caller.call(service.getEffectivePermissions(admin, password, employee));
        var granted = effective.getPermissions().getEffectivePermission().stream()
                .filter(row -> row.getArea() == PermissionArea.TICKET && row.getName().equals("ViewOwn"))
                .flatMap(row -> row.getGrantedBy().getRole().stream().map(Role::getName));
        checks.has("who grants ViewOwn to the employee", roleName, granted.toList());
    }

    private static Permission permission(PermissionArea area, String name) {
        var permission = new Permission();
        permission.setArea(area);
        permission.setName(name);
        return permission;
    }

    /** JAX-WS sends its own credentials by HTTP Basic, without being asked for them. */
    private void ownWayToLogIn() throws Exception {
        var port = caller.accountsPort();
        var denied = port.listRoles(null, null);
        checks.equal("ResultCode without credentials", Caller.AUTHENTICATION_FAILED, denied.getResultCode());
        var context = ((BindingProvider) port).getRequestContext();
        context.put(BindingProvider.USERNAME_PROPERTY, admin);
        context.put(BindingProvider.PASSWORD_PROPERTY, password);
        var roles = port.listRoles(null, null);
        checks.equal("ResultCode by HTTP Basic", 0, roles.getResultCode());
    }

    private int cloneComes(int employee) throws Exception {
        var username = name + "-clone";
        var email = username + "@example.org";
        var clone = caller.call(service.cloneUser(
                admin, password, employee, username, Caller.USER_PASSWORD, email, null)).getUserId();
        var model = caller.call(service.getEmployeeSettings(admin, password, employee)).getSettings();
        var copy = caller.call(service.getEmployeeSettings(admin, password, clone)).getSettings();
        var own = copy.getOptions();
        checks.equal("the clone's name", username, own.getUsername());
        checks.equal("its e-mail address", email, own.getEmailAddress());
        checks.equal("its IsEmailVerified", false, own.isIsEmailVerified());
        checks.equal("its settings", withoutOwn(model), withoutOwn(copy));
        return clone;
    }

    /** Without custom fields too, since others make and remove them meanwhile. */
    private static String withoutOwn(EmployeeSettings settings) {
        settings.setCustomFields(null);
        settings.getOptions().setUsername(null);
        settings.getOptions().setDisplayName(null);
        settings.getOptions().setEmailAddress(null);
        settings.getOptions().setIsEmailVerified(null);
        return AccountsSettings.text(settings);
    }

    private void everybodyGoes(List<Integer> all) throws Exception {
        var strangers = new ArrayList<>(all);
        strangers.add(NOBODY);
        var refusal = service.deleteUsers(admin, password, Lists.ints(strangers));
        caller.refused(refusal, Caller.NOT_FOUND, "userIds[3]");
        for (var userId : all) {
            caller.call(service.getUser(admin, password, userId));
        }
        caller.call(service.deleteUsers(admin, password, Lists.ints(all)));
        for (var userId : all) {
            var gone = caller.refused(service.getUser(admin, password, userId), Caller.NOT_FOUND, "userId");
            checks.equal("User of a refusal", null, gone.getUser());
        }
    }

    private void roleGoes(short roleId) throws Exception {
        caller.call(service.deleteRole(admin, password, roleId));
        checks.equal("our role at the end", false, roleNames().contains(roleName));
    }
}
