// What an employee does for itself, with its own credentials: preferences and a
// password; then its logins and its picture, as the administrator.

package story;

import accounts.EmployeeSettings;
import accounts.LiveChat;
import accounts.LoginOutcome;
import accounts.Reporting;
import accounts.SvcAccountsSoap;
import accounts.UpdateResult;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;

final class AccountsSelf {
    private static final String NEW_PASSWORD = "Another-Story-2026";

    /** One pixel. */
    private static final byte[] PICTURE = Base64.getDecoder().decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mMwTpsJAAICATNoejH4AAAAAElFTkSuQmCC");

    private final Caller caller;
    private final Checks checks;
    private final SvcAccountsSoap service;
    private final String admin;
    private final String password;
    private final String name;
    private final int employee;

    AccountsSelf(Caller caller, int employee, String name) {
        this.caller = caller;
        this.employee = employee;
        this.name = name;
        checks = caller.checks;
        service = caller.accounts;
        admin = caller.name;
        password = caller.password;
    }

    void tell() throws Exception {
        preferences();
        password();
        logins();
        pictureComesAndGoes();
    }

    private void preferences() throws Exception {
        var mine = caller.call(service.getMyPreferences(name, Caller.USER_PASSWORD));
        checks.equal("who I am", employee, mine.getUser().getUserId());
        var preferences = mine.getPreferences();
        checks.equal("my phones", Accounts.PHONES, preferences.getContactInfo().getPhoneNumbers().getString());
        var reporting = preferences.getReporting();
        checks.equal("HourlyCost", null, reporting == null ? null : reporting.getHourlyCost());
        checks.equal("MaxActiveChats", null, preferences.getLiveChat().getMaxActiveChats());
        var quiet = new EmployeeSettings();
        quiet.setLiveChat(new LiveChat());
        quiet.getLiveChat().setChatPopup(false);
        checks.equal("what I changed", List.of("ChatPopup"), caller.call(update(quiet)).getChanged().getString());
        var cheap = new EmployeeSettings();
        cheap.setReporting(new Reporting());
        cheap.getReporting().setHourlyCost(BigDecimal.ONE);
        caller.refused(update(cheap), Caller.NOT_AUTHORIZED, "HourlyCost");
    }

    private UpdateResult update(EmployeeSettings preferences) {
        return service.updateMyPreferences(name, Caller.USER_PASSWORD, preferences, null, null);
    }

    private void password() throws Exception {
        var wrong = service.changePassword(name, Caller.USER_PASSWORD, "wrong", NEW_PASSWORD);
        caller.refused(wrong, Caller.INVALID_VALUE, "oldPassword");
        caller.call(service.changePassword(name, Caller.USER_PASSWORD, Caller.USER_PASSWORD, NEW_PASSWORD));
        var old = service.getMyPreferences(name, Caller.USER_PASSWORD);
        checks.equal("what the old password shows", null, caller.refused(old, Caller.AUTHENTICATION_FAILED).getUser());
        caller.call(service.getMyPreferences(name, NEW_PASSWORD));
    }

    private void logins() throws Exception {
        var wrong = caller.call(service.authenticate(admin, password, name, Caller.USER_PASSWORD));
        checks.equal("IsAuthenticated of a wrong login", false, wrong.isIsAuthenticated());
        checks.equal("its Outcome", LoginOutcome.DENIED, wrong.getOutcome());
        checks.equal("its User", null, wrong.getUser());
        var right = caller.call(service.authenticate(admin, password, name, NEW_PASSWORD));
        checks.equal("IsAuthenticated of a right login", true, right.isIsAuthenticated());
        checks.equal("its Outcome", LoginOutcome.GRANTED, right.getOutcome());
        checks.equal("who came in", employee, right.getUser().getUserId());
        var user = caller.call(service.getUser(admin, password, employee)).getUser();
        var login = user.getLastLogin();
        var good = login != null && login.getTimezone() == 0
                && !Accounts.instant(login).isBefore(Accounts.instant(user.getCreatedAt()));
        checks.holds("LastLogin", "a time in UTC from " + user.getCreatedAt(), good, login);
    }

    private void pictureComesAndGoes() throws Exception {
        var set = caller.call(service.setAvatar(admin, password, employee, PICTURE));
        checks.has("changed by a picture", "AvatarProvider", set.getChanged().getString());
        var kept = caller.call(service.getAvatar(admin, password, employee));
        checks.equal("the picture", PICTURE, kept.getPicture());
        checks.equal("its MediaType", "image/png", kept.getMediaType());
        checks.holds("UploadedAt", "a time", kept.getUploadedAt() != null, kept.getUploadedAt());
        pictureIsAt(kept.getAvatarUrl());
        var junk = service.setAvatar(admin, password, employee, new byte[] {1, 2, 3});
        caller.refused(junk, Caller.INVALID_VALUE, "picture");
        caller.call(service.removeAvatar(admin, password, employee));
        var none = caller.call(service.getAvatar(admin, password, employee));
        checks.equal("the picture that was taken away", null, none.getPicture());
        checks.equal("its MediaType", null, none.getMediaType());
        checks.equal("its UploadedAt", null, none.getUploadedAt());
    }

    private void pictureIsAt(String path) throws Exception {
        var request = HttpRequest.newBuilder(caller.base.resolve(path)).build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        checks.equal("HTTP status of " + path, 200, response.statusCode());
        checks.equal("what is there", PICTURE, response.body());
    }
}
