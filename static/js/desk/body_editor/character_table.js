// Line ends and invisible characters, as articles/content/characters.py has them. Do not edit:
// `python -m newsroom.dev.character_module` writes this file.

const EMOJI_CLASS = [
  String.raw`\u{a9}\u{ae}\u{203c}\u{2049}\u{2122}\u{2139}\u{2194}-\u{21aa}\u{231a}-\u{23ff}\u{24c2}`,
  String.raw`\u{25aa}-\u{25fe}\u{2600}-\u{27bf}\u{2934}-\u{2935}\u{2b05}-\u{2b55}\u{3030}\u{303d}`,
  String.raw`\u{3297}\u{3299}\u{1f000}-\u{1faff}`,
].join("")
const JOINED_CLASS = [
  String.raw`\u{600}-\u{109f}\u{1780}-\u{18af}`,
].join("")
const INVISIBLE_CLASS = [
  String.raw`\u{0}-\u{8}\u{e}-\u{1f}\u{7f}-\u{84}\u{86}-\u{9f}\u{ad}\u{200b}-\u{200d}\u{2060}-`,
  String.raw`\u{2065}\u{feff}\u{200e}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{206f}\u{fe00}-\u{fe0f}`,
  String.raw`\u{e0100}-\u{e01ef}\u{fff9}-\u{fffc}\u{e0000}-\u{e007f}`,
].join("")
const LINE_ENDS_CLASS = [
  String.raw`\u{b}-\u{d}\u{85}\u{2028}-\u{2029}`,
].join("")
export const LINE_END = new RegExp(String.raw`\u{d}\u{a}|[${LINE_ENDS_CLASS}]`, "gu")
// The first group is what is kept.
export const INVISIBLE = new RegExp(String.raw`([0-9#*]\u{fe0f}\u{20e3}`
  + String.raw`|\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f}`
  + String.raw`|[${EMOJI_CLASS}][\u{fe0e}\u{fe0f}]?(?:\u{200d}[${EMOJI_CLASS}][\u{fe0e}\u{fe0f}]?)*`
  + String.raw`|[${JOINED_CLASS}][\u{200c}\u{200d}](?=[${JOINED_CLASS}]))`
  + String.raw`|[${INVISIBLE_CLASS}]`, "gu")

export const KINDS = [
  ["control", /[\u{0}-\u{8}\u{e}-\u{1f}\u{7f}-\u{84}\u{86}-\u{9f}]/u],
  ["soft-hyphen", /[\u{ad}]/u],
  ["zero-width", /[\u{200b}-\u{200d}\u{2060}-\u{2065}\u{feff}]/u],
  ["direction", /[\u{200e}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{206f}]/u],
  ["variation-selector", /[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/u],
  ["placeholder", /[\u{fff9}-\u{fffc}]/u],
  ["tag", /[\u{e0000}-\u{e007f}]/u],
]
