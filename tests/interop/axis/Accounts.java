// Accounts: an employee comes through svcAccounts with settings on several tabs,
// which are read, sent back with changes, and refused; its roles change and it goes.

package story;

import accounts.AssignMode;
import accounts.AuthenticationMethod;
import accounts.ContactInfo;
import accounts.EmployeeSettings;
import accounts.EmployeeSettingsResult;
import accounts.LiveChat;
import accounts.Options;
import accounts.Reporting;
import accounts.Role;
import accounts.SvcAccountsSoap_PortType;
import accounts.UpdateResult;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

final class Accounts {
    private static final int NOBODY = 2_000_000_000;
    private static final String SIGNATURE = "Kind regards\nZoë <b>&amp; 日本</b>";
    private static final String ZONE = "W. Europe Standard Time";
    private static final String[] PHONES = {"+49 30 1", "+81 3 2"};

    private final Caller caller;
    private final Checks checks;
    private final SvcAccountsSoap_PortType service;
    private final String admin;
    private final String password;
    private int employee;

    Accounts(Caller caller) {
        this.caller = caller;
        checks = caller.checks;
        service = caller.accounts;
        admin = caller.name;
        password = caller.password;
    }

    void tell() throws Exception {
        employeeComes();
        var first = read();
        realTypesComeBack(first.getSettings());
        readChangeWrite(first);
        refusals(first.getVersion());
        // An employee that was given no roles is an agent.
        assign(AssignMode.Remove, List.of(1, 2, 3, 4), List.of(1, 2, 3));
        assign(AssignMode.Add, List.of(1, 2, 3), List.of(1, 2, 3, 4));
        var both = new int[] {employee, NOBODY};
        caller.refused(service.deleteUsers(admin, password, both), Caller.NOT_FOUND, "userIds[1]");
        caller.call(service.deleteUsers(admin, password, new int[] {employee}));
        var gone = caller.refused(service.getUser(admin, password, employee), Caller.NOT_FOUND, "userId");
        checks.equal("User of a refusal", null, gone.getUser());
    }

    private void employeeComes() throws Exception {
        var settings = new EmployeeSettings();
        settings.setOptions(new Options());
        settings.getOptions().setTimeZone(ZONE);
        settings.getOptions().setPortalSignature(SIGNATURE);
        settings.setLiveChat(new LiveChat());
        settings.getLiveChat().setMaxActiveChats(3);
        settings.setReporting(new Reporting());
        settings.getReporting().setHourlyCost(new BigDecimal("12.5"));
        settings.setContactInfo(new ContactInfo());
        settings.getContactInfo().setPhoneNumbers(PHONES);
        var name = caller.unique + "-employee";
        employee = caller.call(service.createEmployee(
                admin, password, name, Caller.USER_PASSWORD, name + "@example.org", true,
                Caller.ROUND_TRIP, null, null, settings)).getUserId();
        checks.holds("id of a new employee", "3 or more", employee >= 3, employee);
    }

    /** Without custom fields, since others make and remove them meanwhile. */
    private EmployeeSettingsResult read() throws Exception {
        var answer = caller.call(service.getEmployeeSettings(admin, password, employee));
        checks.holds("CustomFields", "a list", answer.getSettings().getCustomFields() != null, null);
        answer.getSettings().setCustomFields(null);
        return answer;
    }

    private void realTypesComeBack(EmployeeSettings settings) {
        var options = settings.getOptions();
        checks.equal("DisplayName", Caller.ROUND_TRIP, options.getDisplayName());
        checks.equal("PortalSignature", SIGNATURE, options.getPortalSignature());
        checks.equal("TimeZone", ZONE, options.getTimeZone());
        checks.equal("AuthenticationMethod", AuthenticationMethod.Password, options.getAuthenticationMethod());
        checks.equal("Password", null, options.getPassword());
        checks.equal("MaxActiveChats", 3, settings.getLiveChat().getMaxActiveChats());
        checks.equal("HourlyCost", new BigDecimal("12.50"), settings.getReporting().getHourlyCost());
        checks.equal("CopyToEnabled", false, settings.getTickets().getCopyToEnabled());
        checks.equal("ReplyFromAddresses", List.of(), List.of(settings.getTickets().getReplyFromAddresses()));
        checks.equal("PhoneNumbers", List.of(PHONES), List.of(settings.getContactInfo().getPhoneNumbers()));
    }

    private UpdateResult update(EmployeeSettings settings, Integer version) throws Exception {
        return service.updateEmployeeSettings(admin, password, employee, settings, null, version);
    }

    /** The way of those who have generated stubs: all is sent back as it was read. */
    private void readChangeWrite(EmployeeSettingsResult read) throws Exception {
        read.getSettings().getLiveChat().setChatSounds(false);
        read.getSettings().getWebInterface().setReminderPopup(false);
        var answer = caller.call(update(read.getSettings(), read.getVersion()));
        var changed = Arrays.stream(answer.getChanged()).sorted().toList();
        checks.equal("Changed", List.of("ChatSounds", "ReminderPopup"), changed);
        var kept = read();
        checks.equal("Version read back", answer.getVersion(), kept.getVersion());
        checks.equal("settings read back", read.getSettings(), kept.getSettings());
    }

    private void refusals(int oldVersion) throws Exception {
        var before = read();
        var settings = new EmployeeSettings();
        settings.setOptions(new Options());
        settings.getOptions().setDisplayName("Somebody else");
        caller.refused(update(settings, oldVersion), Caller.RULE_BROKEN, "expectedVersion");
        settings.setLiveChat(new LiveChat());
        settings.getLiveChat().setMaxActiveChats(500);
        settings.setReporting(new Reporting());
        settings.getReporting().setHourlyCost(BigDecimal.ONE.negate());
        var refusal = caller.refused(update(settings, null), Caller.INVALID_VALUE, "MaxActiveChats", "HourlyCost");
        checks.equal("Changed of a refusal", null, refusal.getChanged());
        checks.equal("all that stands after refusals", before, read());
    }

    private void assign(AssignMode mode, List<Integer> before, List<Integer> after) throws Exception {
        var roles = new short[] {Caller.AGENT_ROLE};
        var answer = caller.call(service.assignRoles(admin, password, new int[] {employee}, roles, null, mode));
        var row = answer.getAssignments()[0];
        checks.equal("roles before " + mode, before, ids(row.getBefore()));
        checks.equal("roles after " + mode, after, ids(row.getAfter()));
    }

    private static List<Integer> ids(Role[] roles) {
        return Arrays.stream(roles).map(role -> (int) role.getRoleId()).toList();
    }
}
