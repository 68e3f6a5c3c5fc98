@echo off
rem Sosia's command line for Windows: the twin of the script "sosia". It checks for a JDK and Maven, builds what is missing
rem and hands over to config\launcher (org.sosia.launcher.Main).
setlocal EnableExtensions EnableDelayedExpansion
set "project=%~dp0"
if "%project:~-1%"=="\" set "project=%project:~0,-1%"

if defined JAVA_HOME (set "java=%JAVA_HOME%\bin\java.exe") else (set "java=java.exe")
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo sosia: no Java found. Install a JDK 17 or newer and set JAVA_HOME, or put it on the PATH. 1>&2
  exit /b 1
)
set "version="
for /f "tokens=3" %%v in ('"%java%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version"') do set "version=%%v"
if "%version:~0,2%"=="1." set "version=8"
if %version% LSS 17 (
  echo sosia: this is Java %version%. Sosia needs a JDK 17 or newer. 1>&2
  exit /b 1
)

set "command=%~1"
if "%command%"=="" set "command=help"
if "%command%"=="test" goto test
if "%command%"=="bench" goto bench

set "modules=config/launcher"
set "profile="
if "%command%"=="demo" set "modules=config/launcher,config/keycloak,web"
if "%command%"=="up" set "modules=config/launcher,config/keycloak,web"
echo %* | findstr /c:"--server ear" >nul && (
  set "modules=config/launcher,config/keycloak,web,ear"
  set "profile=-Pear-server"
)
call :build
if errorlevel 1 exit /b 1
for /f "usebackq delims=" %%c in ("%project%\config\launcher\target\classpath") do set "classpath=%%c"
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m "-Dsosia.project=%project%" -cp "%project%\config\launcher\target\classes;%classpath%" org.sosia.launcher.Main %*
exit /b %errorlevel%

:test
call :maven
if errorlevel 1 exit /b 1
cd /d "%project%"
call mvn -B -ntp -Pear-server verify
exit /b %errorlevel%

:bench
set "modules=system-test,web,config/launcher,config/keycloak"
set "profile="
call :build
if errorlevel 1 exit /b 1
for /f "usebackq delims=" %%c in ("%project%\system-test\target\classpath") do set "benchpath=%%c"
for /f "usebackq delims=" %%c in ("%project%\config\launcher\target\classpath") do set "classpath=%%c"
for /f "tokens=1,* delims= " %%a in ("%*") do set "rest=%%b"
"%java%" -Xmx3g "-Dsosia.project=%project%" -cp "%project%\system-test\target\classes;%project%\config\launcher\target\classes;%benchpath%;%classpath%" org.sosia.bench.Bench %rest%
exit /b %errorlevel%

rem Windows has no cheap way to ask which source is newest, so Maven decides for starts; other commands only need a first build.
:build
if not "%command%"=="demo" if not "%command%"=="up" if not "%command%"=="bench" if exist "%project%\config\launcher\target\classpath" exit /b 0
call :maven
if errorlevel 1 exit /b 1
echo   building (the first time fetches about 700 MB of libraries and servers through Maven) 1>&2
pushd "%project%"
call mvn -q -B -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -Dforbiddenapis.skip %profile% -pl %modules% -am package
set "result=%errorlevel%"
popd
if not "%result%"=="0" echo sosia: the build failed; its errors stand above. 1>&2
exit /b %result%

:maven
where mvn >nul 2>&1
if errorlevel 1 (
  echo sosia: no Maven found. Install Maven 3.8 or newer and put it on the PATH. 1>&2
  exit /b 1
)
exit /b 0
