// Stands in for WeChat's page script: its calls and answers, with the browser's own place and what
// the test lays out as `wechatScan`. It wants a whole signature, as the real one does.
(function () {
  let whole = false;
  let waiting = [];
  window.wx = {
    config(options) {
      whole = Boolean(options.appId && options.timestamp && options.nonceStr && /^[0-9a-f]{40}$/.test(options.signature));
      setTimeout(() => whole && waiting.forEach((act) => act()), 0);
    },
    ready(act) {
      waiting.push(act);
    },
    error() {},
    getLocation(options) {
      navigator.geolocation.getCurrentPosition(
        (found) =>
          options.success({
            longitude: String(found.coords.longitude),
            latitude: String(found.coords.latitude),
            accuracy: String(found.coords.accuracy),
            errMsg: "getLocation:ok",
          }),
        () => options.fail({ errMsg: "getLocation:fail" }),
      );
    },
    scanQRCode(options) {
      if (window.wechatScan) options.success({ resultStr: window.wechatScan, errMsg: "scanQRCode:ok" });
      else options.cancel({ errMsg: "scanQRCode:cancel" });
    },
  };
})();
