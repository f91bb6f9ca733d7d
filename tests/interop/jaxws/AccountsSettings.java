// The settings of an employee by tab: read with their real types, changed the way
// users of generated ports do it, which is to send back what was read, and refused.

package story;

import accounts.EmployeeSettings;
import accounts.EmployeeSettingsResult;
import accounts.LiveChat;
import accounts.Options;
import accounts.Reporting;
import accounts.SvcAccountsSoap;
import accounts.UpdateResult;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import javax.xml.bind.JAXB;

final class AccountsSettings {
    private final Caller caller;
    private final Checks checks;
    private final SvcAccountsSoap service;
    private final int employee;

    AccountsSettings(Caller caller, int employee) {
        this.caller = caller;
        this.employee = employee;
        checks = caller.checks;
        service = caller.accounts;
    }

    void tell() throws Exception {
        var first = read();
        realTypesComeBack(first.getSettings());
        readChangeWrite(first);
        reset();
        wrongValues();
        oldVersion(first.getVersion());
    }

    /** Without custom fields, since others make and remove them meanwhile. */
    private EmployeeSettingsResult read() throws Exception {
        var answer = caller.call(service.getEmployeeSettings(caller.name, caller.password, employee));
        checks.holds("CustomFields", "a list", answer.getSettings().getCustomFields() != null, null);
        answer.getSettings().setCustomFields(null);
        return answer;
    }

    private UpdateResult update(EmployeeSettings settings, Integer version) {
        return service.updateEmployeeSettings(caller.name, caller.password, employee, settings, null, version);
    }

    private void realTypesComeBack(EmployeeSettings settings) {
        checks.equal("PortalSignature", Accounts.SIGNATURE, settings.getOptions().getPortalSignature());
        checks.equal("TimeZone", Accounts.ZONE, settings.getOptions().getTimeZone());
        checks.equal("Password", null, settings.getOptions().getPassword());
        checks.equal("HourlyCost", new BigDecimal("12.50"), settings.getReporting().getHourlyCost());
        checks.equal("MaxActiveChats", 3, settings.getLiveChat().getMaxActiveChats());
        checks.equal("CopyToAddress", "copy@example.org", settings.getTickets().getCopyToAddress());
        checks.equal("CopyToEnabled", true, settings.getTickets().isCopyToEnabled());
        checks.equal("ReplyFromAddresses", List.of(), settings.getTickets().getReplyFromAddresses().getString());
        checks.equal("PhoneNumbers", Accounts.PHONES, settings.getContactInfo().getPhoneNumbers().getString());
    }

    private void readChangeWrite(EmployeeSettingsResult read) throws Exception {
        read.getSettings().getTickets().setCopyToEnabled(false);
        read.getSettings().getLiveChat().setChatSounds(false);
        var answer = caller.call(update(read.getSettings(), read.getVersion()));
        var changed = answer.getChanged().getString();
        checks.equal("how many changed", 2, changed.size());
        checks.equal("changed", Set.of("CopyToEnabled", "ChatSounds"), Set.copyOf(changed));
        var version = answer.getVersion();
        checks.holds("version after a change", "above " + read.getVersion(), version > read.getVersion(), version);
        var kept = read();
        checks.equal("version read back", version, kept.getVersion());
        checks.equal("settings read back", text(read.getSettings()), text(kept.getSettings()));
    }

    private void reset() throws Exception {
        var expected = read().getSettings();
        expected.getLiveChat().setMaxActiveChats(1);
        var fields = List.of("MaxActiveChats");
        var answer = caller.call(service.updateEmployeeSettings(
                caller.name, caller.password, employee, null, Lists.strings(fields), null));
        checks.equal("reset", fields, answer.getChanged().getString());
        checks.equal("settings after a reset", text(expected), text(read().getSettings()));
    }

    private void wrongValues() throws Exception {
        var before = read();
        var settings = somebodyElse();
        settings.setLiveChat(new LiveChat());
        settings.getLiveChat().setMaxActiveChats(500);
        settings.setReporting(new Reporting());
        settings.getReporting().setHourlyCost(BigDecimal.ONE.negate());
        var refusal = caller.refused(update(settings, null), Caller.INVALID_VALUE, "MaxActiveChats", "HourlyCost");
        checks.equal("Changed of a refusal", null, refusal.getChanged());
        var after = read();
        checks.equal("version after a refusal", before.getVersion(), after.getVersion());
        checks.equal("settings after a refusal", text(before.getSettings()), text(after.getSettings()));
    }

    private void oldVersion(int version) throws Exception {
        caller.refused(update(somebodyElse(), version), Caller.RULE_BROKEN, "expectedVersion");
    }

    private static EmployeeSettings somebodyElse() {
        var settings = new EmployeeSettings();
        settings.setOptions(new Options());
        settings.getOptions().setDisplayName("Somebody else");
        return settings;
    }

    /** Generated types cannot be compared, but their XML can. */
    static String text(EmployeeSettings settings) {
        var text = new StringWriter();
        JAXB.marshal(settings, text);
        return text.toString();
    }
}
