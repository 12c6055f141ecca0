// 816ed583b92ef927dcbd5d4dfdd9eae5aeb4084ef129b7d148e16ad61ac2c7aa
!function(){"use strict";try{const e=JSON.parse(sessionStorage.getItem("mingbai-walk"));if(!e||document.querySelector("[data-search]"))return;if(e.page!==location.pathname)return void sessionStorage.removeItem("mingbai-walk");const t=document.createElement("script");t.src=e.script,document.head.append(t)}catch(e){}}();
