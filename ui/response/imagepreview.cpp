// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/imagepreview.h>

#include <QtCore/qbuffer.h>
#include <QtGui/qimagereader.h>
#include <QtGui/qpainter.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int longestSide = 16'000; ///< of a picture that is decoded at all
constexpr qint64 mostPixels = 50'000'000;
constexpr int shownSide = 4096; ///< larger ones are made smaller while they are decoded

DecodedImage refused(const QString& why)
{
    return {{}, why};
}

} // namespace

DecodedImage decodeImage(const std::string& bytes)
{
    QByteArray data = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    const QByteArray format = reader.format();
    // Only formats that hold pixels: a vector format could ask for anything.
    if (!QList<QByteArray>{"png", "jpeg", "jpg", "gif", "webp", "bmp", "ico"}.contains(format))
        return refused(ImagePreview::tr("This is no picture that can be shown here."));
    const QSize size = reader.size();
    if (!size.isValid() || size.width() > longestSide || size.height() > longestSide ||
        qint64(size.width()) * size.height() > mostPixels)
        return refused(ImagePreview::tr("The picture is too large to be shown."));
    if (size.width() > shownSide || size.height() > shownSide)
        reader.setScaledSize(size.scaled(shownSide, shownSide, Qt::KeepAspectRatio));
    reader.setAutoTransform(true);
    DecodedImage decoded{reader.read(), {}};
    decoded.words = decoded.image.isNull() ? ImagePreview::tr("The picture is broken: it cannot be decoded.")
                                           : ImagePreview::tr("%1, %2 × %3")
                                                 .arg(QString::fromLatin1(format).toUpper())
                                                 .arg(size.width())
                                                 .arg(size.height());
    return decoded;
}

ImagePreview::ImagePreview(QWidget* parent) : QWidget(parent)
{
    setNames(this, QStringLiteral("imagePreview"), tr("Picture in the response"));
}

void ImagePreview::setImage(const DecodedImage& image)
{
    m_image = image;
    setAccessibleDescription(image.words);
    update();
}

void ImagePreview::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colour(Role::Surface));
    const QRect inner = rect().adjusted(space::large, space::large, -space::large, -space::large);
    const int caption = space::row;
    if (!m_image.image.isNull()) {
        const QSize room = QSize(inner.width(), inner.height() - caption) * devicePixelRatioF();
        QSize size = m_image.image.size();
        if (size.width() > room.width() || size.height() > room.height())
            size.scale(room, Qt::KeepAspectRatio);
        const QRectF place(inner.topLeft(), QSizeF(size) / devicePixelRatioF());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(place, m_image.image);
        painter.setPen(colour(Role::Line));
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5));
    }
    painter.setPen(colour(Role::Muted));
    painter.drawText(QRect(inner.left(), inner.bottom() - caption, inner.width(), caption),
                     Qt::AlignLeft | Qt::AlignBottom, m_image.words);
}

} // namespace claimcheck::ui
