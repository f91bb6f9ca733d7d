// What every part of the story needs: calls to the services that are judged at
// once, and the names and values that it uses.

import { randomBytes } from "node:crypto";

export const ROUND_TRIP = "Zoë <&> \"O'Neil\" 日本";
export const PASSWORD = "Story-Pass-2026";

export const AUTHENTICATION_FAILED = 1;
export const NOT_PERMITTED = 2;
export const NOT_FOUND = 3;
export const ALREADY_EXISTS = 4;
export const INVALID_VALUE = 5;
export const RULE_BROKEN = 6;

export class Caller {
  constructor(sessions, checks, administrator, version) {
    this.organization = sessions.organization;
    this.structure = sessions.structure;
    this.accounts = sessions.accounts;
    this.checks = checks;
    this.administrator = administrator;
    const soap = version.at(-1);
    this.unique = `node-soap${soap}-${process.pid}-${randomBytes(4).toString("hex")}`;
  }

  /** A call of svcOrganization as the administrator; its outcome has to be `code`. */
  call(operation, parameters = {}, code = 0) {
    const given = { ...this.credentials(), ...parameters };
    return this.#judged(this.organization, operation, given, code);
  }

  /** A call of svcStructure as the administrator. What it refuses stands in `Errors`. */
  async define(operation, parameters = {}, code = 0) {
    const given = { ...this.credentials(), ...parameters };
    const answer = await this.#judged(this.structure, operation, given, code);
    this.checks.equal(`Errors of ${operation} is there`, code !== 0, answer.Errors !== undefined);
    return answer;
  }

  /** A call of svcStructure that has to be refused with `code` because of `field`. */
  async refused(operation, code, field, parameters) {
    const answer = await this.define(operation, parameters, code);
    const expected = [{ Field: field, Code: code, Message: answer.Message }];
    this.checks.equal(`Errors of ${operation}`, expected, answer.Errors.FieldError);
    return answer;
  }

  /** A call of svcAccounts as the administrator or `who` else, that has to succeed. */
  async account(operation, parameters = {}, who = this.administrator) {
    const given = { ...this.credentials(who), ...parameters };
    const answer = await this.#judged(this.accounts, operation, given, 0);
    this.checks.equal(`Errors of ${operation}`, undefined, answer.Errors);
    return answer;
  }

  /** A call of svcAccounts that has to be refused with `code` because of just these `fields`. */
  async accountRefused(operation, code, fields, parameters, who = this.administrator) {
    const given = { ...this.credentials(who), ...parameters };
    const answer = await this.#judged(this.accounts, operation, given, code);
    const errors = answer.Errors?.FieldError ?? [];
    const seen = errors.map((error) => [error.Field, error.Code]).sort();
    const expected = fields.map((field) => [field, code]).sort();
    this.checks.equal(`fields and codes in the Errors of ${operation}`, expected, seen);
    return answer;
  }

  /** A call of svcOrganization that takes an agent's login, as ValidateAgent does. */
  logIn(operation, { authUserName, authPassword } = this.credentials(), code = 0) {
    const login = { agentUserName: authUserName, agentPassword: authPassword };
    return this.#judged(this.organization, operation, login, code);
  }

  async #judged(session, operation, parameters, code) {
    const answer = await session.call(operation, parameters);
    this.checks.equal(`HTTP status of ${operation}`, 200, session.status);
    const what = `Result and ResultCode of ${operation} (${answer.Message})`;
    this.checks.equal(what, [code === 0, code], [answer.Result, answer.ResultCode]);
    return answer;
  }

  /** Those of the administrator, or of the user with this name. */
  credentials({ name, password = PASSWORD } = this.administrator) {
    return { authUserName: name, authPassword: password };
  }

  newUser(name) {
    return {
      username: name,
      password: PASSWORD,
      email: `${name}@example.org`,
      isEmailVerified: true,
      displayName: ROUND_TRIP,
    };
  }
}
