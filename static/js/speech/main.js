// 朗读: reads the article aloud by sentences, and goes on to the next one, where there is a Chinese voice.

import { offerSharing } from "../share.js"
import { sentencesOf } from "./sentences.js"

const CHINESE = /^(zh|cmn)\b/i
const speech = window.speechSynthesis

class Speaker {
  constructor() {
    this.rate = 1
    this.attach(document.querySelector("main"))
  }

  get isSpeaking() {
    return Boolean(this.utterance)
  }

  get voice() {
    const voices = speech.getVoices().filter((voice) => CHINESE.test(voice.lang))
    return voices.find((voice) => /CN|Hans/i.test(voice.lang)) ?? voices[0]
  }

  attach(main) {
    this.main = main
    this.sentences = []
    this.at = 0
    this.panel = main.querySelector("[data-speech]")
    if (!this.panel) return
    this.panel.hidden = !this.voice
    this.panel.querySelector("[data-speaks]").addEventListener("click", () => this.toggle())
    this.panel.querySelector("[data-stops]").addEventListener("click", () => this.stop())
    const rate = this.panel.querySelector("select")
    rate.value = String(this.rate)
    rate.addEventListener("change", () => {
      this.rate = Number(rate.value)
      if (this.isSpeaking) this.speak()
    })
    this.show()
  }

  toggle() {
    if (this.isSpeaking) return this.pause()
    if (!this.sentences.length) this.sentences = sentencesOf(this.main.querySelector("article"))
    this.speak()
  }

  // Some phones lose a pause of their own: the sentence is begun anew instead.
  pause() {
    this.utterance = null
    speech.cancel()
    this.show()
  }

  stop() {
    this.sentences = []
    this.at = 0
    CSS.highlights?.delete("spoken")
    this.pause()
  }

  speak() {
    const sentence = this.sentences[this.at]
    if (!sentence) return this.goOn()
    const utterance = new SpeechSynthesisUtterance(sentence.text)
    this.utterance = Object.assign(utterance, { voice: this.voice, lang: this.voice.lang, rate: this.rate })
    utterance.onend = () => {
      if (this.utterance !== utterance) return
      this.at += 1
      this.speak()
    }
    utterance.onerror = () => { if (this.utterance === utterance) this.pause() }
    speech.cancel()
    speech.speak(utterance)
    this.mark(sentence.range)
    this.show()
  }

  mark(range) {
    if (globalThis.Highlight) CSS.highlights.set("spoken", new Highlight(range))
    const { top, bottom } = range.getBoundingClientRect()
    if (top < 0 || bottom > innerHeight - 80) range.startContainer.parentElement.scrollIntoView({ block: "center" })
  }

  // It takes the place of this article: a page that was just opened may not speak.
  async goOn() {
    const next = this.main.querySelector("a[rel=next]")
    this.stop()
    const answer = next && await fetch(next.href).catch(() => null)
    if (!answer?.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const main = document.adoptNode(page.querySelector("main"))
    if (!main.querySelector("[data-speech]")) return
    this.main.replaceWith(main)
    document.querySelector(".bar ol")?.replaceWith(page.querySelector(".bar ol") ?? "")
    document.title = page.title
    history.pushState(null, "", next.href)
    main.querySelectorAll("[data-needs-script]").forEach((element) => { element.hidden = false })
    offerSharing(main)
    this.attach(main)
    scrollTo(0, 0)
    this.toggle()
  }

  show() {
    const isBegun = this.sentences.length > 0
    this.panel.classList.toggle("on", isBegun)
    const button = this.panel.querySelector("[data-speaks]")
    const [read, pause, resume] = button.dataset.words.split("|")
    button.textContent = this.isSpeaking ? pause : isBegun ? resume : read
    this.panel.querySelectorAll("[data-while-speaking]").forEach((element) => { element.hidden = !isBegun })
  }
}

if (speech && document.querySelector("[data-speech]")) {
  const speaker = new Speaker()
  speech.addEventListener?.("voiceschanged", () => { speaker.panel.hidden = !speaker.voice })
  addEventListener("pagehide", () => speaker.stop())
  addEventListener("popstate", () => location.reload())
}
