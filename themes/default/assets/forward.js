// The page has another address: on to it, at the place that a link named. It stands in the head, to go before anything is shown.
location.replace(document.currentScript.dataset.to + location.hash);
