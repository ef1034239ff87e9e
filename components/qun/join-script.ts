/**
 * The script of the join page. Without it the page lacks only live updates and copying by one tap.
 * ES5 syntax, because it runs untranspiled in old versions of WeChat's browser.
 */
export const joinScript = `
(function () {
  var page = document.body.dataset
  function copyBySelection(text) {
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
  function showFeedback(buttons, text, isCopied) {
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
          function () { showFeedback(buttons, text, true) },
          function () { showFeedback(buttons, text, copyBySelection(text)) }
        )
      } else showFeedback(buttons, text, copyBySelection(text))
    })
  })
  var live = document.getElementById('live')
  if (!live || !page.state) return
  var delayMs = 2500
  function show(state) {
    if (state.revision !== page.revision) { location.reload(); return }
    var count = document.getElementById('count')
    if (count) count.textContent = state.members
    var lines = state.recentJoins
    if (lines.length === 0) return
    live.textContent = ''
    lines.forEach(function (line) {
      var text = document.createElement('p')
      text.textContent = line.text
      if (line.isIn) text.className = 'in'
      live.appendChild(text)
    })
  }
  function poll() {
    if (document.hidden) return schedulePoll()
    var request = new XMLHttpRequest()
    request.open('GET', page.state)
    request.timeout = 10000
    request.onload = function () {
      delayMs = request.status === 200 ? 2500 : Math.min(30000, delayMs * 2)
      if (request.status === 200) try { show(JSON.parse(request.responseText)) } catch (error) { delayMs = 30000 }
      schedulePoll()
    }
    request.onerror = request.ontimeout = function () { delayMs = Math.min(30000, delayMs * 2); schedulePoll() }
    request.send()
  }
  function schedulePoll() { setTimeout(poll, delayMs) }
  schedulePoll()
})()`
