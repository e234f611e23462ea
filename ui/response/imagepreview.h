// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A picture that a server sent, made smaller where it does not fit. Decoded within limits of size and format;
// what is beyond them is said instead.

#pragma once

#include <QtGui/qimage.h>
#include <QtWidgets/qwidget.h>

namespace claimcheck::ui {

struct DecodedImage
{
    QImage image;
    QString words; ///< "PNG, 640 × 480", or why there is no picture
};
/// Slow for large pictures: run it in a LatestJob.
DecodedImage decodeImage(const std::string& bytes);

class ImagePreview : public QWidget
{
    Q_OBJECT
public:
    explicit ImagePreview(QWidget* parent = nullptr);

    void setImage(const DecodedImage& image);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    DecodedImage m_image;
};

} // namespace claimcheck::ui
