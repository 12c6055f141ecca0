// caabd669858a976c04eae9572cc5338546746d97699f3fc49ee4696cfc5528ec
!function(){"use strict";const t=document.querySelector("[data-tools]");if(!t)return;const e=document.createElement("button");e.type="button",e.textContent="打印本页",e.addEventListener("click",()=>window.print()),t.append(e)}();
