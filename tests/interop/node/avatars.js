// The picture of a person: it comes as bytes, is answered and shown, and goes again.

import { INVALID_VALUE } from "./caller.js";

/** One pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA" +
  "AABJRU5ErkJggg==";

export class Avatars {
  constructor(caller, userId) {
    this.caller = caller;
    this.checks = caller.checks;
    this.userId = userId;
  }

  async tell() {
    const none = await this.avatar();
    this.checks.equal("Picture of one who has none", undefined, none.Picture);
    await this.pictureComes();
    await this.pictureGoes(none.AvatarUrl);
    await this.noPictureIsRefused();
  }

  avatar() {
    return this.caller.account("GetAvatar", { userId: this.userId });
  }

  async pictureComes() {
    const { caller, checks, userId } = this;
    const changed = await caller.account("SetAvatar", { userId, picture: PNG });
    checks.has("Changed by a picture", "Avatar", changed.Changed.string);
    const avatar = await this.avatar();
    checks.equal("Picture", PNG, avatar.Picture);
    checks.equal("MediaType", "image/png", avatar.MediaType);
    const { UploadedAt: at } = avatar;
    checks.holds("UploadedAt", "a date", at instanceof Date, at);
    const shown = await caller.accounts.fetch(avatar.AvatarUrl);
    checks.equal("HTTP status of the avatar", 200, shown.status);
    checks.equal("bytes of the avatar", PNG, shown.bytes.toString("base64"));
  }

  async pictureGoes(addressOfNone) {
    const { caller, checks, userId } = this;
    await caller.account("RemoveAvatar", { userId });
    const avatar = await this.avatar();
    checks.equal("Picture at the end", undefined, avatar.Picture);
    checks.equal("MediaType at the end", undefined, avatar.MediaType);
    checks.equal("AvatarUrl at the end", addressOfNone, avatar.AvatarUrl);
  }

  async noPictureIsRefused() {
    const picture = Buffer.from("no picture").toString("base64");
    const given = { userId: this.userId, picture };
    await this.caller.accountRefused("SetAvatar", INVALID_VALUE, ["picture"], given);
  }
}
