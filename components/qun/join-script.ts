/**
 * The join page's whole script; without it the page says the same, but for the latest news and the copying by one tap.
 * Plain old syntax, because it runs as it stands in WeChat's browser of whatever age.
 */
export const joinScript = `
(function () {
  var page = document.body.dataset
  function select(text) {
    var area = document.createElement('textarea')
    area.value = text
    area.setAttribute('readonly', '')
    area.style.cssText = 'position:fixed;top:0;left:0;opacity:0'
    document.body.appendChild(area)
    area.select()
    area.setSelectionRange(0, text.length)
    var isCopied = false
    try { isCopied = document.execCommand('copy') } catch (error) { isCopied = false }
    document.body.removeChild(area)
    return isCopied
  }
  function tell(buttons, text, isCopied) {
    buttons.forEach(function (button) {
      var label = button.querySelector('[data-label]')
      if (!label) return
      var before = label.dataset.label
      label.textContent = isCopied ? page.copied : page.copyByHand
      clearTimeout(button.timer)
      button.timer = setTimeout(function () { label.textContent = before }, 2500)
    })
  }
  var buttons = [].slice.call(document.querySelectorAll('[data-copy]'))
  buttons.forEach(function (button) {
    button.hidden = false
    button.addEventListener('click', function () {
      var text = button.dataset.copy
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(text).then(
          function () { tell(buttons, text, true) },
          function () { tell(buttons, text, select(text)) }
        )
      } else tell(buttons, text, select(text))
    })
  })
  var live = document.getElementById('live')
  if (!live || !page.state) return
  var delay = 2500
  function show(state) {
    if (state.revision !== page.revision) { location.reload(); return }
    var count = document.getElementById('count')
    if (count) count.textContent = state.members
    var lines = state.news
    if (lines.length === 0) return
    live.textContent = ''
    lines.forEach(function (line) {
      var text = document.createElement('p')
      text.textContent = line.text
      if (line.isIn) text.className = 'in'
      live.appendChild(text)
    })
  }
  function ask() {
    if (document.hidden) return again()
    var request = new XMLHttpRequest()
    request.open('GET', page.state)
    request.timeout = 10000
    request.onload = function () {
      delay = request.status === 200 ? 2500 : Math.min(30000, delay * 2)
      if (request.status === 200) try { show(JSON.parse(request.responseText)) } catch (error) { delay = 30000 }
      again()
    }
    request.onerror = request.ontimeout = function () { delay = Math.min(30000, delay * 2); again() }
    request.send()
  }
  function again() { setTimeout(ask, delay) }
  again()
})()`
