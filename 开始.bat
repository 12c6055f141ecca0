@echo off
rem ASCII only: what is said in Chinese stands in other files, and Python says it.
setlocal
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
set "RECENT=import sys; sys.exit(sys.version_info < (3, 11))"
for %%P in ("py -3" "python" "python3") do (
  %%~P -c "%RECENT%" >nul 2>nul && (
    %%~P tools\begin.py %*
    if errorlevel 1 pause
    exit /b
  )
)
type tools\no-python.txt
pause
exit /b 1
