// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_firstframe PROGRAM: starts the program, watches the middle of the screen every millisecond, and
// prints "SECONDS PID" when it first changes: the first painted frame (Qt's windows have no ground of their
// own that the X server could paint before). Leaves the program running. Gives up after 20 s.

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>

namespace {

using Clock = std::chrono::steady_clock;

/// The pixels of a small square in the middle of the screen.
std::string middle(Display* display)
{
    constexpr int side = 16;
    const int screen = XDefaultScreen(display);
    XImage* image = XGetImage(display, XRootWindow(display, screen), XDisplayWidth(display, screen) / 2,
                              XDisplayHeight(display, screen) / 2, side, side, XAllPlanes(), ZPixmap);
    if (!image)
        return {};
    const std::string pixels(image->data, static_cast<std::size_t>(image->bytes_per_line) * side);
    image->f.destroy_image(image);
    return pixels;
}

pid_t startQuietly(const char* program)
{
    const pid_t child = fork();
    if (child != 0)
        return child;
    const int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execl(program, program, nullptr);
    _exit(127);
}

} // namespace

int main(int argc, char** argv)
{
    const std::unique_ptr<Display, decltype(&XCloseDisplay)> display(XOpenDisplay(nullptr), XCloseDisplay);
    if (argc != 2 || !display) {
        std::fputs("usage: DISPLAY=… bench_firstframe PROGRAM\n", stderr);
        return 2;
    }
    const std::string before = middle(display.get());
    const auto start = Clock::now();
    const pid_t child = startQuietly(argv[1]);
    while (Clock::now() - start < std::chrono::seconds(20)) {
        if (middle(display.get()) != before) {
            const std::chrono::duration<double> took = Clock::now() - start;
            std::printf("%.4f %d\n", took.count(), child);
            return 0;
        }
        usleep(1000);
    }
    std::fprintf(stderr, "bench_firstframe: nothing was painted within 20 s (pid %d)\n", child);
    return 1;
}
